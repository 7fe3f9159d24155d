package io.github.comfyeks.samples.benchmark;

import io.github.comfyeks.graph.Graph;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.graph.type.Conditioning;
import io.github.comfyeks.graph.type.Latent;
import io.github.comfyeks.nodes.CLIPTextEncode;
import io.github.comfyeks.nodes.CheckpointLoaderSimple;
import io.github.comfyeks.nodes.EmptyLatentImage;
import io.github.comfyeks.nodes.KSampler;
import io.github.comfyeks.nodes.SamplerName;
import io.github.comfyeks.nodes.SaveImage;
import io.github.comfyeks.nodes.Scheduler;
import io.github.comfyeks.nodes.VAEDecode;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * How long typed graphs take: the first one of a fresh JVM, and one of 1,000 nodes when warm, both with their JSON.
 * {@code java -cp samples/benchmark/target/benchmark.jar io.github.comfyeks.samples.benchmark.GraphSpeed}
 */
public final class GraphSpeed {
    private static final int SAMPLERS = 498;
    private static final int ROUNDS = 400;

    private GraphSpeed() {}

    public static void main(String[] args) {
        long start = System.nanoTime();
        int first = graph(1).toJson().length();
        double firstMillis = (System.nanoTime() - start) / 1e6;
        double sinceStart = System.currentTimeMillis()
                - (double) ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf(
                "first graph: %.1f ms (%d characters), %.0f ms after the JVM's start%n",
                firstMillis, first, sinceStart);

        double[] millis = new double[ROUNDS];
        Graph graph = graph(SAMPLERS);
        int length = 0;
        for (int i = 0; i < ROUNDS; i++) {
            start = System.nanoTime();
            graph = graph(SAMPLERS);
            length = graph.toJson().length();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double[] warm = Arrays.copyOfRange(millis, ROUNDS / 2, ROUNDS);
        Arrays.sort(warm);
        System.out.printf(
                "%d nodes, %d characters: median %.2f ms, 95 %% under %.2f ms, the first of %d %.1f ms%n",
                graph.nodes().size(), length, warm[warm.length / 2], warm[warm.length * 95 / 100], ROUNDS, millis[0]);
    }

    /** A chain of samplers, each with a prompt of its own. */
    private static Graph graph(int samplers) {
        CheckpointLoaderSimple checkpoint = CheckpointLoaderSimple.ckptName("sd_xl_base_1.0.safetensors");
        Output<Conditioning> negative =
                CLIPTextEncode.text("blurry").clip(checkpoint.clip()).conditioning();
        Output<Latent> latent =
                EmptyLatentImage.create().width(1024).height(1024).latent();
        for (int i = 0; i < samplers; i++) {
            latent = KSampler.model(checkpoint.model())
                    .samplerName(SamplerName.DPMPP_2M)
                    .scheduler(Scheduler.KARRAS)
                    .positive(CLIPTextEncode.text("a castle at dawn, " + i)
                            .clip(checkpoint.clip())
                            .conditioning())
                    .negative(negative)
                    .latentImage(latent)
                    .seed(i)
                    .steps(25)
                    .cfg(7)
                    .latent();
        }
        return Graph.of(
                SaveImage.images(VAEDecode.samples(latent).vae(checkpoint.vae()).image())
                        .filenamePrefix("castle"));
    }
}
