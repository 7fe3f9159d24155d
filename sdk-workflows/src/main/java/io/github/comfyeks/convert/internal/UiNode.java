package io.github.comfyeks.convert.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node as the file has it. */
final class UiNode {
    /** Of {@code mode}: never run, and passed by. */
    static final int MUTED = 2;

    static final int BYPASSED = 4;

    /**
     * An input slot.
     *
     * @param link the id of the link that it names; null if none
     * @param widget the widget behind it; null if it is a plain socket
     */
    record Slot(
            String name,
            String type,
            @Nullable String link,
            @Nullable String widget) {}

    final String id;
    final String type;
    final int mode;
    final String title;
    final List<Slot> inputs;
    final List<String> outputTypes;
    final Map<String, Object> properties;
    final @Nullable Object widgetsValues;

    private UiNode(String id, Map<String, Object> raw) {
        this.id = id;
        this.type = raw.get("type") instanceof String text ? text : "undefined";
        this.mode = Data.integer(raw.get("mode"), 0);
        this.title = Data.text(raw.get("title"));
        this.properties = Data.map(raw.get("properties"));
        this.widgetsValues = raw.get("widgets_values");
        this.inputs = slots(raw.get("inputs"));
        this.outputTypes = new ArrayList<>();
        for (Object output : Data.list(raw.get("outputs"))) {
            outputTypes.add(Data.type(Data.map(output).get("type")));
        }
    }

    static UiNode read(Map<String, Object> raw, Map<String, String> newIds) {
        String id = Data.id(raw.get("id"));
        return new UiNode(newIds.getOrDefault(id, id), raw);
    }

    private static List<Slot> slots(@Nullable Object raw) {
        List<Slot> slots = new ArrayList<>();
        for (Object each : Data.list(raw)) {
            Map<String, Object> slot = Data.map(each);
            Object link = slot.get("link");
            Object widget = Data.map(slot.get("widget")).get("name");
            slots.add(new Slot(
                    Data.text(slot.get("name")),
                    Data.type(slot.get("type")),
                    link == null ? null : Data.id(link),
                    widget instanceof String name ? name : null));
        }
        return slots;
    }

    boolean isMuted() {
        return mode == MUTED;
    }

    boolean isBypassed() {
        return mode == BYPASSED;
    }

    @Nullable
    Slot input(String name) {
        for (Slot slot : inputs) {
            if (slot.name().equals(name)) {
                return slot;
            }
        }
        return null;
    }

    /** Of a SetNode or GetNode the name that it goes by. */
    String carriedName() {
        return Data.text(Data.list(widgetsValues).stream().findFirst().orElse(null));
    }

    String outputType(int slot) {
        return slot >= 0 && slot < outputTypes.size() ? outputTypes.get(slot) : "*";
    }
}
