package io.github.comfyeks.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.comfyeks.model.file.ModelInspection;
import io.github.comfyeks.model.file.SafetensorsHeader;
import io.github.comfyeks.model.store.ModelFolder;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelTransfers;
import io.github.comfyeks.model.store.S3Options;
import io.github.comfyeks.model.store.StoreTestBase;
import io.github.comfyeks.model.store.TransferOptions;
import io.github.comfyeks.model.store.TransferReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The examples of the README, with a list in place of the screen. */
class ReadmeExampleTest extends StoreTestBase {
    private final List<List<Object>> shown = new ArrayList<>();

    private void show(Object... what) {
        shown.add(List.of(what));
    }

    @Test
    void theExamplesWork() throws IOException {
        String header = "{\"lora_te2_x.lora_up.weight\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}";
        Path lora = files.resolve("models/loras/castle.safetensors");
        Files.createDirectories(files.resolve("models/loras"));
        Files.write(
                lora,
                ByteBuffer.allocate(8 + header.length() + 2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length())
                        .put(header.getBytes(StandardCharsets.UTF_8))
                        .array());
        ModelFolder local = ModelFolder.scan(files.resolve("models"));
        TransferReport sent = ModelTransfers.put(store, local.models(), 3, TransferOptions.DEFAULT);
        store.refreshManifest(sent.sha256());

        ModelInspection found =
                ModelInspection.of(SafetensorsHeader.of(store, new ModelKey("loras/castle.safetensors")));
        show(found.kind(), found.base(), found.triggerWords());

        Path catalog = Files.writeString(
                files.resolve("models.yaml"), "models: [{model: castle.safetensors, folder: loras, tier: start}]");
        ModelPlan plan = ModelCatalog.read(catalog).plan(store);
        show(plan.toTable());
        ApplyReport report = plan.apply(store, ApplyOptions.by("ann@release-7"));
        report.failed().forEach((key, why) -> show(key, why));

        assertThat(shown.get(0)).hasToString("[LORA, SDXL, []]");
        assertThat(shown).hasSize(2);
        assertThat(report.generation()).isEqualTo(2);
    }

    @Test
    void aClientIsMadeFromOptions() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "testsecret");
        try (S3Client client = S3Options.builder()
                .region("us-east-1")
                .endpoint(server.uri())
                .build()
                .client()) {
            assertThat(client.listBuckets().buckets()).hasSize(1);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }
}
