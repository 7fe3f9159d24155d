package io.github.comfyeks.file.internal;

import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.file.FileFormat;
import io.github.comfyeks.file.GenerationParameters;
import io.github.comfyeks.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells which of a file's texts are the prompt, the editor's workflow and the parameters. Used once. */
final class Assembly {
    private static final List<String> PREFIXES = List.of("prompt:", "workflow:");
    private static final int MOST_KEYS = 12;

    private final Found found;
    private @Nullable Map<String, @Nullable Object> prompt;
    private @Nullable Map<String, @Nullable Object> uiWorkflow;
    private @Nullable GenerationParameters parameters;
    private String promptWhere = "";

    Assembly(Found found) {
        this.found = found;
    }

    boolean isEmpty() {
        return prompt == null && uiWorkflow == null && parameters == null;
    }

    /** First what has a name, then what looks like it. */
    void texts() {
        for (Found.Text text : found.texts()) {
            named(text);
        }
        for (Found.Text text : found.texts()) {
            if (prompt == null && uiWorkflow == null && !isNamed(text)) {
                unnamed(text);
            }
        }
        for (Found.Text text : found.texts()) {
            if (parameters == null && text.value() instanceof String value && SettingsText.isLikely(value)) {
                parameters = GenerationParameters.parse(value);
            }
        }
    }

    private static boolean isNamed(Found.Text text) {
        return text.isNamed("prompt") || text.isNamed("workflow") || text.isNamed("parameters");
    }

    private void named(Found.Text text) {
        if (text.isNamed("parameters") && text.value() instanceof String value) {
            if (!isJson(value) && !value.isBlank()) { // other programs write JSON of their own there
                parameters = GenerationParameters.parse(value);
            }
        } else if (text.isNamed("prompt") || text.isNamed("workflow")) {
            take(text.name(), text.value(), text.where());
        } else if (text.value() instanceof String value) { // as SaveAnimatedWEBP writes into EXIF
            for (String prefix : PREFIXES) {
                if (value.regionMatches(true, 0, prefix, 0, prefix.length())
                        && isJson(value.substring(prefix.length()))) {
                    take(prefix.substring(0, prefix.length() - 1), value.substring(prefix.length()), text.where());
                }
            }
        }
    }

    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    private void unnamed(Found.Text text) {
        Map<String, @Nullable Object> data = map(text.value());
        if (text.value() instanceof String value && isJson(value)) {
            try {
                data = map(JsonText.read(trimmed(value)));
            } catch (FileFault e) {
                found.problem(text.name() + ", " + text.where() + ": " + e.getMessage());
            }
        }
        if (data != null) {
            data(data, text.where());
        }
    }

    /** Python's null and the empty text of a latent are no prompt, and no fault. */
    private void take(String name, @Nullable Object value, String where) {
        Object data = value;
        try {
            for (int i = 0; i < 2 && data instanceof String text; i++) { // some programs write JSON as a text in JSON
                String trimmed = trimmed(text);
                data = trimmed.isEmpty() ? null : JsonText.read(trimmed);
            }
        } catch (FileFault e) {
            found.problem(name + ", " + where + ": " + e.getMessage());
            return;
        }
        Map<String, @Nullable Object> map = map(data);
        if (map == null) {
            if (data != null) {
                found.problem(name + ", " + where + ": a workflow is a JSON object, this is another value");
            }
        } else if (map.get("nodes") instanceof List) {
            uiWorkflow = map;
        } else if ((name.equalsIgnoreCase("prompt") && !map.isEmpty()) || isGraph(map)) {
            prompt = map;
            promptWhere = where;
        } else {
            found.problem(name + ", " + where
                    + ": neither the editor's list of nodes nor nodes with a class_type; its keys are " + keys(map));
        }
    }

    /** JSON that may be a workflow itself, or hold one beside other things. */
    void data(Map<String, @Nullable Object> data, String where) {
        if (data.get("nodes") instanceof List) {
            uiWorkflow = data;
            return;
        }
        if (isGraph(data)) {
            prompt = data;
            promptWhere = where;
            return;
        }
        for (String name : List.of("prompt", "workflow")) {
            Object value = data.get(name);
            if (map(value) != null || (value instanceof String text && isJson(text))) {
                take(name, value, where + ", its " + name);
            }
        }
        Map<String, @Nullable Object> extra = map(data.get("extra_data"));
        Map<String, @Nullable Object> info = extra == null ? null : map(extra.get("extra_pnginfo"));
        if (info != null && info.get("workflow") != null) {
            take("workflow", info.get("workflow"), where + ", its extra_pnginfo");
        }
    }

    FileFormat jsonFormat(Map<String, @Nullable Object> root) {
        if (root.equals(uiWorkflow)) {
            return FileFormat.UI_JSON;
        }
        return prompt != null && (root == prompt || root.get("prompt") == prompt)
                ? FileFormat.API_JSON
                : FileFormat.JSON;
    }

    Outcome outcome(String source, FileFormat format) {
        Workflow workflow = null;
        Map<String, @Nullable Object> graph = prompt;
        Map<String, @Nullable Object> ui = uiWorkflow;
        if (graph != null) {
            try {
                workflow = Workflow.of(graph);
                workflow = ui == null ? workflow : workflow.withUiWorkflow(ui);
            } catch (WorkflowInvalidException e) {
                e.problems().forEach(problem -> found.problem("prompt, " + promptWhere + ": " + problem));
            }
        }
        return new Outcome(
                source,
                format,
                workflow,
                graph,
                ui,
                parameters,
                List.copyOf(found.listed()),
                List.copyOf(new ArrayList<>(found.problems())));
    }

    private static boolean isGraph(Map<String, @Nullable Object> map) {
        return map.values().stream()
                .anyMatch(node -> node instanceof Map<?, ?> fields && fields.containsKey("class_type"));
    }

    private static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ') { // zeros too, which end texts in some formats
            end--;
        }
        return text.substring(0, end).stripLeading();
    }

    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : null;
    }

    static String keys(Map<String, @Nullable Object> map) {
        String keys = map.keySet().stream()
                .limit(MOST_KEYS)
                .map(key -> key.length() > 40 ? key.substring(0, 40) + "…" : key)
                .collect(Collectors.joining(", "));
        return map.isEmpty()
                ? "none"
                : map.size() > MOST_KEYS ? keys + " and " + (map.size() - MOST_KEYS) + " more" : keys;
    }
}
