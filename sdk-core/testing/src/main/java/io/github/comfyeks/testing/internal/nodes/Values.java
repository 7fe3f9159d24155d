package io.github.comfyeks.testing.internal.nodes;

import io.github.comfyeks.testing.internal.image.Images;
import io.github.comfyeks.testing.internal.image.Picture;
import io.github.comfyeks.testing.internal.image.SimulatedPicture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that stand in for what models work with. */
final class Values {
    private Values() {}

    /** A model, a CLIP, a VAE or any other thing that has no shape here. */
    record Opaque(String type, String name) {}

    /** A conditioning: the texts it was made from. */
    record Conditioning(String text) {}

    /** A noise, a sampler, sigmas: what a custom sampler is put together from. */
    record SamplerPart(String type, String seed, int steps) {}

    /**
     * A latent picture.
     *
     * @param source the picture it was encoded from, or null
     * @param seed the seed it was sampled with, or null for one that was not
     */
    record Latent(
            int width,
            int height,
            int batch,
            @Nullable Images source,
            @Nullable String seed,
            String prompt) {

        Latent sampled(String newSeed, String newPrompt) {
            return new Latent(width, height, batch, source, newSeed, newPrompt);
        }

        Latent resized(int newWidth, int newHeight) {
            return new Latent(newWidth, newHeight, batch, source, seed, prompt);
        }

        Latent repeated(int times) {
            return new Latent(width, height, batch * times, source, seed, prompt);
        }

        /** What a VAE would make of it. */
        Images decode() {
            if (seed == null && source != null) {
                return source;
            }
            List<Picture> pictures = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                String label = seed == null ? "none" : batch == 1 ? seed : seed + "-" + i;
                pictures.add(SimulatedPicture.paint(width, height, label, prompt));
            }
            return new Images(pictures);
        }

        @Override
        public String toString() {
            return "{'samples': tensor([[[[0.0000, ...]]]])}";
        }
    }
}
