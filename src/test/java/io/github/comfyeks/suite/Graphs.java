package io.github.comfyeks.suite;

import io.github.comfyeks.workflow.Link;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Small graphs of nodes that need no model. Colours and seeds are new each time, so that nothing is cached by chance. */
public final class Graphs {
    private static final AtomicInteger COLOR = new AtomicInteger(new SecureRandom().nextInt(1 << 24));

    private Graphs() {}

    /** A colour that no other test of this run has. */
    public static int color() {
        return COLOR.addAndGet(0x10101) & 0xffffff;
    }

    /** A seed that no other test has; less than 2^53, so that any JSON reader keeps it. */
    public static long seed() {
        return ThreadLocalRandom.current().nextLong(1L << 52);
    }

    /** A folder and file name below {@code output} that no other test has. */
    public static String prefix() {
        return "contract/" + UUID.randomUUID();
    }

    public static Workflow graph(WorkflowNode... nodes) {
        return Workflow.of(List.of(nodes));
    }

    /** A node with inputs given as name, value, name, value. */
    public static WorkflowNode node(String id, String classType, Object... inputs) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < inputs.length; i += 2) {
            named.put((String) inputs[i], inputs[i + 1]);
        }
        return WorkflowNode.of(id, classType, named);
    }

    /** The first output of a node. */
    public static Link link(String id) {
        return new Link(id, 0);
    }

    public static WorkflowNode emptyImage(String id, int width, int height, int color) {
        return node(id, "EmptyImage", "width", width, "height", height, "batch_size", 1, "color", color);
    }

    public static WorkflowNode saveImage(String id, String images) {
        return node(id, "SaveImage", "images", link(images), "filename_prefix", prefix());
    }

    public static WorkflowNode previewImage(String id, String images) {
        return node(id, "PreviewImage", "images", link(images));
    }

    /** Sleeps in steps of this many seconds; an interrupt is seen at each. */
    public static WorkflowNode sleep(String id, int steps, double delay, String preview) {
        return node(id, "ProbeSleep", "steps", steps, "delay", delay, "preview", preview, "seed", seed());
    }

    public static WorkflowNode text(String id, String text) {
        return node(id, "ProbeText", "text", text);
    }

    /** One image of a new colour, previewed: node 1 makes it, node 2 shows it. */
    public static Workflow quick() {
        return graph(emptyImage("1", 8, 8, color()), previewImage("2", "1"));
    }

    /** Runs this long unless it is interrupted: node 1 sleeps, node 2 takes the image. */
    public static Workflow sleeping(int steps, double delay) {
        return graph(sleep("1", steps, delay, "none"), node("2", "ProbeNoUi", "image", link("1")));
    }

    /** Runs until it is interrupted, or a minute. */
    public static Workflow endless() {
        return sleeping(1000, 0.06);
    }
}
