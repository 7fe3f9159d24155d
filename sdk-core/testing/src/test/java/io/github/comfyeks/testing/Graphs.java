package io.github.comfyeks.testing;

/** Graphs for tests, as JSON. */
final class Graphs {
    private Graphs() {}

    /** A picture of one colour, saved as {@code test_00001_.png}. */
    static String saved(int colour) {
        return """
                {"1": {"class_type": "EmptyImage", "inputs": {"width": 32, "height": 16, "batch_size": 1, "color": %d}},
                 "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "test"}}}""".formatted(colour);
    }

    /** SDXL's base model with a prompt, at 128 by 64. */
    static String painted(int seed, int steps, String prompt) {
        return """
                {"1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_base_1.0.safetensors"}},
                 "2": {"class_type": "CLIPTextEncode", "inputs": {"text": "%s", "clip": ["1", 1]}},
                 "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["1", 1]}},
                 "4": {"class_type": "EmptyLatentImage", "inputs": {"width": 128, "height": 64, "batch_size": 1}},
                 "5": {"class_type": "KSampler", "inputs": {"model": ["1", 0], "positive": ["2", 0], "negative": ["3", 0],
                       "latent_image": ["4", 0], "seed": %d, "steps": %d, "cfg": 7.0, "sampler_name": "euler",
                       "scheduler": "normal", "denoise": 1.0}},
                 "6": {"class_type": "VAEDecode", "inputs": {"samples": ["5", 0], "vae": ["1", 2]}},
                 "7": {"class_type": "SaveImage", "inputs": {"images": ["6", 0], "filename_prefix": "castle"}}}""".formatted(prompt, seed, steps);
    }

    /** Sleeps in steps, then shows a picture. */
    static String sleeping(int steps, double delay, int seed) {
        return """
                {"1": {"class_type": "ProbeSleep", "inputs": {"steps": %d, "delay": %s, "preview": "none", "seed": %d}},
                 "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}""".formatted(steps, delay, seed);
    }

    /** The body of a submission. */
    static String body(String graph, String clientId) {
        return "{\"prompt\": " + graph + ", \"client_id\": \"" + clientId + "\"}";
    }
}
