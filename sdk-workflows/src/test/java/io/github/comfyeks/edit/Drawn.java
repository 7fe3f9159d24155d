package io.github.comfyeks.edit;

import io.github.comfyeks.ComfyClient;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.testing.FakeComfyServer;
import io.github.comfyeks.workflow.Workflow;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Small workflows as artists draw them, and the classes of a server. */
final class Drawn {
    static final ObjectInfo CLASSES = classes();

    /** Text to picture, with titles. */
    static final Workflow CASTLE = Workflow.parse("""
            {"3": {"class_type": "KSampler", "inputs": {"seed": 1, "steps": 20, "cfg": 7.0, "sampler_name": "euler",
                     "scheduler": "normal", "denoise": 1.0, "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0],
                     "latent_image": ["5", 0]}},
             "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_base_1.0.safetensors"}},
             "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 64, "batch_size": 1},
                   "_meta": {"title": "Size v1.5"}},
             "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a castle", "clip": ["4", 1]},
                   "_meta": {"title": "$prompt What to draw"}},
             "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]},
                   "_meta": {"title": "Negative Prompt"}},
             "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
             "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "castle"},
                   "_meta": {"title": "Save portrait"}}}""");

    /** A picture of this machine, turned about and kept. */
    static final Workflow PHOTO = Workflow.parse("""
            {"1": {"class_type": "LoadImage", "inputs": {"image": "example.png"}, "_meta": {"title": "$photo"}},
             "2": {"class_type": "ImageInvert", "inputs": {"image": ["1", 0]}},
             "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0], "filename_prefix": "dark"}}}""");

    /**
     * In the editor's format: a primitive gives the width of an empty picture, which goes through a subgraph that scales it, twice.
     * The subgraph's own width is promoted under another label.
     */
    static final String UI = """
            {"version": 0.4, "last_node_id": 5, "links": [
               [1, 1, 0, 2, 0, "INT"], [2, 2, 0, 3, 0, "IMAGE"], [3, 3, 0, 4, 0, "IMAGE"]],
             "nodes": [
              {"id": 1, "type": "PrimitiveNode", "title": "$picture width In pixels", "widgets_values": [64, "fixed"],
               "outputs": [{"name": "INT", "type": "INT", "links": [1]}]},
              {"id": 2, "type": "EmptyImage", "widgets_values": [64, 32, 1, 255],
               "inputs": [{"name": "width", "type": "INT", "widget": {"name": "width"}, "link": 1}],
               "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [2]}]},
              {"id": 3, "type": "5ca1e000-0000-4000-8000-000000000001", "title": "Upscale", "widgets_values": [128],
               "inputs": [{"name": "image", "type": "IMAGE", "link": 2},
                          {"name": "width", "type": "INT", "widget": {"name": "width"}, "link": null}],
               "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [3]}]},
              {"id": 4, "type": "SaveImage", "widgets_values": ["castle"],
               "inputs": [{"name": "images", "type": "IMAGE", "link": 3}]}],
             "definitions": {"subgraphs": [
              {"id": "5ca1e000-0000-4000-8000-000000000001", "name": "Scaler",
               "inputs": [{"name": "image", "type": "IMAGE"}, {"name": "width", "type": "INT", "label": "new width"}],
               "outputs": [{"name": "IMAGE", "type": "IMAGE"}],
               "links": [
                 {"id": 1, "origin_id": -10, "origin_slot": 0, "target_id": 10, "target_slot": 0, "type": "IMAGE"},
                 {"id": 2, "origin_id": -10, "origin_slot": 1, "target_id": 10, "target_slot": 1, "type": "INT"},
                 {"id": 3, "origin_id": 10, "origin_slot": 0, "target_id": 11, "target_slot": 0, "type": "IMAGE"},
                 {"id": 4, "origin_id": -10, "origin_slot": 1, "target_id": 11, "target_slot": 1, "type": "INT"},
                 {"id": 5, "origin_id": 11, "origin_slot": 0, "target_id": -20, "target_slot": 0, "type": "IMAGE"}],
               "nodes": [
                {"id": 10, "type": "ImageScale", "title": "First",
                 "widgets_values": ["nearest-exact", 100, 48, "disabled"],
                 "inputs": [{"name": "image", "type": "IMAGE", "link": 1},
                            {"name": "width", "type": "INT", "widget": {"name": "width"}, "link": 2}],
                 "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [3]}]},
                {"id": 11, "type": "ImageScale", "title": "Second",
                 "widgets_values": ["nearest-exact", 100, 48, "disabled"],
                 "inputs": [{"name": "image", "type": "IMAGE", "link": 3},
                            {"name": "width", "type": "INT", "widget": {"name": "width"}, "link": 4}],
                 "outputs": [{"name": "IMAGE", "type": "IMAGE", "links": [5]}]}]}]}}""";

    private Drawn() {}

    static EditableWorkflow castle() {
        return EditableWorkflow.of(CASTLE, CLASSES);
    }

    static @Nullable Object value(EditableWorkflow workflow, String node, String input) {
        Map<String, @Nullable Object> inputs = workflow.workflow().node(node).inputs();
        assert inputs.containsKey(input);
        return inputs.get(input);
    }

    static String link(EditableWorkflow workflow, String node, String input) {
        return Objects.requireNonNull(workflow.workflow().node(node).links().get(input), input)
                .toString();
    }

    private static ObjectInfo classes() {
        try (FakeComfyServer fake = FakeComfyServer.builder()
                        .checkpoints("sd_xl_base_1.0.safetensors")
                        .build();
                ComfyClient client = ComfyClient.create(fake.uri())) {
            fake.addModel("loras", "castle.safetensors");
            return client.server().objectInfo();
        }
    }
}
