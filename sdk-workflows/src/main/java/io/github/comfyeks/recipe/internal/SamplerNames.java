package io.github.comfyeks.recipe.internal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the web UI's samplers and schedules are called in ComfyUI. */
final class SamplerNames {
    /** Schedules as they end the names of samplers, or stand alone. */
    private static final Map<String, String> SCHEDULES = new LinkedHashMap<>();

    static {
        SCHEDULES.put("karras", "karras");
        SCHEDULES.put("exponential", "exponential");
        SCHEDULES.put("sgm uniform", "sgm_uniform");
        SCHEDULES.put("kl optimal", "kl_optimal");
        SCHEDULES.put("simple", "simple");
        SCHEDULES.put("beta", "beta");
        SCHEDULES.put("ddim", "ddim_uniform");
    }

    private SamplerNames() {}

    /** {@code DPM++ 2M Karras} is {@code dpmpp_2m}. */
    static String sampler(String name) {
        String plain = name.toLowerCase(Locale.ROOT).strip();
        for (String schedule : SCHEDULES.keySet()) {
            if (plain.endsWith(" " + schedule)) {
                plain = plain.substring(0, plain.length() - schedule.length()).strip();
            }
        }
        return plain.replace("dpm++", "dpmpp")
                .replace("dpm2", "dpm 2")
                .replace("unipc", "uni pc")
                .replace("cfg++", "cfg pp")
                .replaceFirst(" a$", " ancestral")
                .replaceFirst(" a ", " ancestral ")
                .replace(' ', '_');
    }

    /** By the schedule's own name, then by the sampler's end, then as the web UI does by itself. */
    static String scheduler(String sampler, String schedule) {
        String known = SCHEDULES.get(schedule.toLowerCase(Locale.ROOT).strip());
        if (known != null) {
            return known;
        }
        String name = sampler.toLowerCase(Locale.ROOT).strip();
        for (Map.Entry<String, String> each : SCHEDULES.entrySet()) {
            if (name.endsWith(" " + each.getKey())) {
                return each.getValue();
            }
        }
        boolean automatic = schedule.equalsIgnoreCase("automatic");
        return automatic && name.startsWith("dpm") ? "karras" : "normal";
    }

    /** {@code Latent (bicubic antialiased)} is {@code bicubic}. */
    static String latentMethod(String upscaler) {
        String name = upscaler.toLowerCase(Locale.ROOT);
        return name.contains("bicubic") ? "bicubic" : name.contains("nearest") ? "nearest-exact" : "bilinear";
    }
}
