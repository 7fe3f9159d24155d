package io.github.comfyeks.file.internal;

import java.io.IOException;
import java.util.Map;

/** safetensors, of models and latents: the metadata in its header; the tensors stay unread. */
final class Safetensors implements Format {
    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        long length = file.block(8, "safetensors header").littleEndian(true).u64();
        String json = file.block(length, "safetensors header").text();
        Object header;
        try {
            header = JsonText.read(json);
        } catch (FileFault e) {
            throw new FileFault("safetensors header at byte 8: " + e.getMessage());
        }
        if (header instanceof Map<?, ?> root && root.get("__metadata__") instanceof Map<?, ?> metadata) {
            for (Map.Entry<?, ?> entry : metadata.entrySet()) {
                found.value((String) entry.getKey(), entry.getValue(), "__metadata__ in the safetensors header");
            }
        }
    }
}
