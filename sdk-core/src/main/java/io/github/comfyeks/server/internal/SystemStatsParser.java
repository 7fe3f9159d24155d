package io.github.comfyeks.server.internal;

import com.fasterxml.jackson.core.JsonToken;
import io.github.comfyeks.internal.JsonStream;
import io.github.comfyeks.server.SystemStats;
import java.util.Map;

/** Reads {@code /system_stats} (H9). */
final class SystemStatsParser {
    private static final String LABEL = "GET /system_stats";

    private SystemStatsParser() {}

    static SystemStats read(byte[] body) {
        Map<String, Object> stats =
                Unreadable.read(body, JsonToken.START_OBJECT, LABEL, json -> JsonStream.object(json));
        if (!(stats.get("system") instanceof Map<?, ?> system)) {
            throw Unreadable.unexpected("an object without \"system\"", LABEL, null);
        }
        return new SystemStats(
                Values.text(system, "comfyui_version"),
                Values.text(system, "python_version"),
                Values.text(system, "pytorch_version"),
                Values.text(system, "os"),
                Values.whole(system, "ram_total"),
                Values.whole(system, "ram_free"),
                HistoryParser.texts(system.get("argv")),
                Values.list(stats.get("devices")).stream()
                        .map(device -> device(Values.map(device)))
                        .toList());
    }

    private static SystemStats.Device device(Map<String, Object> device) {
        return new SystemStats.Device(
                Values.text(device, "name"),
                Values.text(device, "type"),
                Values.whole(device, "vram_total"),
                Values.whole(device, "vram_free"),
                Values.whole(device, "torch_vram_total"),
                Values.whole(device, "torch_vram_free"));
    }
}
