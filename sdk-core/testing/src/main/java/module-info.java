/** A fake ComfyUI server for anyone's tests. */
module io.github.comfyeks.testing {
    requires transitive org.jspecify;
    requires static org.junit.jupiter.api;
    requires com.fasterxml.jackson.databind;
    requires java.desktop;
    requires java.logging;
    requires mockwebserver3;
    requires okhttp3;
    requires okio;
    requires kotlin.stdlib;

    exports io.github.comfyeks.testing;
}
