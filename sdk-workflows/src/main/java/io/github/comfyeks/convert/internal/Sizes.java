package io.github.comfyeks.convert.internal;

import io.github.comfyeks.convert.internal.Sockets.Socket;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How large the editor draws a node, in its units: enough for title, sockets, widgets, long texts and pictures. */
final class Sizes {
    private static final int ROW = 20;
    private static final int WIDGET = 26;
    private static final int LETTER = 7;
    private static final int NARROWEST = 160;
    private static final int WITH_WIDGETS = 270;
    private static final int WIDEST = 420;
    private static final int PICTURE = 280;
    private static final int TEXT = 120;
    private static final Set<String> SHOWN = Set.of("IMAGE", "VIDEO", "MASK", "MESH", "FILE_3D", "SVG");

    private Sizes() {}

    static int width(String title, List<Socket> inputs, List<String> outputs, Map<String, InputSchema> widgets) {
        int left = inputs.stream()
                .filter(socket -> !socket.isWidget())
                .mapToInt(socket -> socket.name().length())
                .max()
                .orElse(0);
        int right = outputs.stream().mapToInt(String::length).max().orElse(0);
        int longest = Math.max(title.length() + 6, left + right + 8);
        boolean isText = widgets.values().stream().anyMatch(InputSchema::multiline);
        int least = isText ? WIDEST : widgets.isEmpty() ? NARROWEST : WITH_WIDGETS;
        return Math.min(WIDEST, Math.max(least, longest * LETTER));
    }

    /** @param values as they are shown, for the length of texts */
    static int height(
            @Nullable NodeSchema schema,
            List<Socket> inputs,
            int outputs,
            Map<String, InputSchema> widgets,
            List<@Nullable Object> values) {
        int sockets = (int) inputs.stream().filter(socket -> !socket.isWidget()).count();
        int height = 10 + Math.max(sockets, outputs) * ROW;
        int rows = 0;
        for (Map.Entry<String, InputSchema> widget : widgets.entrySet()) {
            rows += 1 + WidgetTypes.extraSlots(widget.getValue(), widget.getKey());
            height += widget.getValue().multiline() ? textHeight(values) : 0;
        }
        height += WIDGET * Math.max(rows, values.size() > rows ? values.size() + 1 : 0); // a class may add its own
        if (schema == null) {
            return height;
        }
        for (InputSchema input : schema.inputs()) {
            height += input.isAutogrow() ? 2 * ROW : 0; // for what is linked next
        }
        return height + (showsPicture(schema) ? PICTURE : schema.outputNode() && widgets.isEmpty() ? TEXT : 0);
    }

    private static int textHeight(List<@Nullable Object> values) {
        int lines = values.stream()
                .filter(String.class::isInstance)
                .mapToInt(text -> text.toString().length() / 55
                        + (int) text.toString().lines().count())
                .max()
                .orElse(0);
        return Math.min(240, Math.max(80, lines * 16));
    }

    private static boolean showsPicture(NodeSchema schema) {
        return schema.inputs().stream()
                .anyMatch(input -> input.flag("image_upload")
                        || input.flag("video_upload")
                        || input.type().equals(WidgetTypes.IMAGE_COMPARE)
                        || input.type().startsWith("LOAD_3D")
                        || (schema.outputNode() && input.unionTypes().stream().anyMatch(SHOWN::contains)));
    }
}
