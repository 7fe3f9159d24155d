package io.github.comfyeks.file.internal;

import java.io.IOException;
import java.util.Map;

/** GLB: the extras of its asset, in the JSON chunk that comes first. */
final class Glb implements Format {
    @Override
    public void read(Source file, Found found) throws IOException, FileFault {
        file.skip(12, "GLB header");
        Block head = file.block(8, "GLB chunk").littleEndian(true);
        long length = head.u32();
        if (!head.startsWith("JSON")) {
            throw new FileFault("GLB at byte 12: the first chunk is no JSON: the file is damaged; fetch it again");
        }
        String where = "asset.extras in the JSON chunk at byte 12";
        String json = file.block(length, "GLB chunk").text();
        Object gltf;
        try {
            gltf = JsonText.read(json);
        } catch (FileFault e) {
            throw new FileFault("GLB JSON chunk at byte 12: " + e.getMessage());
        }
        if (gltf instanceof Map<?, ?> root
                && root.get("asset") instanceof Map<?, ?> asset
                && asset.get("extras") instanceof Map<?, ?> extras) {
            for (Map.Entry<?, ?> extra : extras.entrySet()) {
                found.value((String) extra.getKey(), extra.getValue(), where);
            }
        }
    }
}
