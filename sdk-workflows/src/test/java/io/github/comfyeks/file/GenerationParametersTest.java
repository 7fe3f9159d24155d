package io.github.comfyeks.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GenerationParametersTest {
    @Test
    void splitsPromptNegativePromptAndSettings() {
        GenerationParameters read = GenerationParameters.parse(
                "a castle, (dawn:1.2)\nNegative prompt: blurry\nSteps: 30, Sampler: Euler a, Size: 512x512");

        assertThat(read.prompt()).isEqualTo("a castle, (dawn:1.2)");
        assertThat(read.negativePrompt()).isEqualTo("blurry");
        assertThat(read.settings()).containsOnlyKeys("Steps", "Sampler", "Size");
        assertThat(read.settings()).containsEntry("Sampler", "Euler a");
        assertThat(read.setting("steps")).contains("30");
        assertThat(read.setting("Seed")).isEmpty();
    }

    @Test
    void keepsQuotedValuesAndJsonWhole() {
        GenerationParameters read =
                GenerationParameters.parse("x\nSteps: 1, Lora hashes: \"a: 1, b: 2\", Note: \"say \\\"hi\\\", now\","
                        + " Civitai resources: [{\"type\":\"checkpoint\",\"modelVersionId\":1}], Version: v1");

        assertThat(read.settings())
                .containsEntry("Lora hashes", "a: 1, b: 2")
                .containsEntry("Note", "say \"hi\", now")
                .containsEntry("Civitai resources", "[{\"type\":\"checkpoint\",\"modelVersionId\":1}]")
                .containsEntry("Version", "v1")
                .hasSize(5);
    }

    @Test
    void takesLinesBehindTheSettingsAsSettings() {
        GenerationParameters read =
                GenerationParameters.parse("x\nSteps: 1, Seed: 2\nTemplate: a {b|c}, d\nNegative Template: e");

        assertThat(read.prompt()).isEqualTo("x");
        assertThat(read.settings()).containsEntry("Seed", "2").containsEntry("Negative Template", "e");
    }

    @Test
    void mayLackAnyPart() {
        assertThat(GenerationParameters.parse("only a prompt: with a colon").prompt())
                .isEqualTo("only a prompt: with a colon");
        assertThat(GenerationParameters.parse("Steps: 1").prompt()).isEmpty();
        assertThat(GenerationParameters.parse("").settings()).isEmpty();
        GenerationParameters noSettings = GenerationParameters.parse("a\nNegative prompt: b\nc");
        assertThat(noSettings.negativePrompt()).isEqualTo("b\nc");
        assertThat(noSettings.settings()).isEmpty();
    }

    @Test
    void findsSettingsThatDoNotBeginWithTheSteps() {
        assertThat(GenerationParameters.parse("a cat\nSampler: x, Seed: 1, Model: y")
                        .settings())
                .containsOnlyKeys("Sampler", "Seed", "Model");
    }

    @Test
    void quotesThatNeverEndMeanNothing() {
        GenerationParameters read = GenerationParameters.parse("x\nSteps: 1, Model: 5\" gun, Seed: 2");

        assertThat(read.settings()).containsEntry("Model", "5\" gun").containsEntry("Seed", "2");
    }

    @Test
    void keepsTheWholeText() {
        assertThat(GenerationParameters.parse(" a \n").text()).isEqualTo(" a \n");
    }
}
