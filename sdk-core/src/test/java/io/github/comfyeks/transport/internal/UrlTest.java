package io.github.comfyeks.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
    private static Url url(String text) {
        return Url.of(URI.create(text));
    }

    @ParameterizedTest
    @CsvSource({
        "http://comfy:8188, http://comfy:8188/, comfy:8188",
        "HTTPS://Comfy.Example/pods/1, https://comfy.example/pods/1, comfy.example",
        "http://comfy_ui:8188, http://comfy_ui:8188/, comfy_ui:8188",
        "http://[::1]:8188, http://[::1]:8188/, [::1]:8188",
        "http://127.0.0.1:80, http://127.0.0.1/, 127.0.0.1",
        "http://käfer.example, http://xn--kfer-loa.example/, xn--kfer-loa.example"
    })
    void anAddressHasAnOriginAndATarget(String text, String whole, String authority) {
        assertThat(url(text)).hasToString(whole);
        assertThat(url(text).origin().authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://comfy", "comfy:8188", "/prompt", "http://:8188", "http://comfy:99999", "http://comfy:x"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> url(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void segmentsAndParametersAreEncodedWholly() {
        Url url = url("http://comfy/prefix").plus(List.of("a b", "c/d", "é%")).query(Map.of("q", "x&y=z +ü"));
        assertThat(url.target()).isEqualTo("/prefix/a%20b/c%2Fd/%C3%A9%25?q=x%26y%3Dz%20%2B%C3%BC");
    }

    @Test
    void aLocationIsResolvedAgainstTheAddress() {
        Url here = url("http://comfy:8188/a/b?c=1");
        assertThat(here.resolve("/x?y=1")).hasToString("http://comfy:8188/x?y=1");
        assertThat(here.resolve("d")).hasToString("http://comfy:8188/a/d");
        assertThat(here.resolve("https://other/z")).hasToString("https://other/z");
        assertThat(here.resolve("ftp://other/z")).isNull();
        assertThat(here.resolve("http://[nonsense")).isNull();
    }
}
