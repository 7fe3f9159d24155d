package io.github.comfyeks.model.file;

import io.github.comfyeks.model.file.internal.BaseModels;
import io.github.comfyeks.model.file.internal.Kinds;
import io.github.comfyeks.model.file.internal.TriggerWords;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a safetensors file is, told by its tensors' names and shapes, and by what its maker says. Immutable.
 *
 * @param kind what it is for
 * @param base the family of diffusion models that it is, or is for, such as {@code SDXL}; by its tensors, else by its maker's word; empty
 *     if neither tells
 * @param claims what its maker says of base and title, by field of the metadata, such as {@code ss_base_model_version}
 * @param triggerWords words that call what a LoRA knows, the most important ones first; at most 20
 * @param tensors how many
 * @param parameters how many numbers, all together
 * @param dtypes how many numbers of each type, such as {@code F16}
 */
public record ModelInspection(
        ModelKind kind,
        String base,
        Map<String, String> claims,
        List<String> triggerWords,
        int tensors,
        long parameters,
        Map<String, Long> dtypes) {
    private static final List<String> CLAIMS = List.of(
            "modelspec.architecture",
            "modelspec.title",
            "modelspec.author",
            "modelspec.license",
            "ss_base_model_version",
            "ss_sd_model_name",
            "ss_output_name",
            "ss_network_module");
    private static final int LONGEST_CLAIM = 200;

    public ModelInspection {
        claims = Collections.unmodifiableMap(new TreeMap<>(claims));
        triggerWords = List.copyOf(triggerWords);
        dtypes = Collections.unmodifiableMap(new TreeMap<>(dtypes));
    }

    /** Of the file with this header. */
    public static ModelInspection of(SafetensorsHeader header) {
        SortedMap<String, Long> dtypes = new TreeMap<>();
        header.tensors().values().forEach(tensor -> dtypes.merge(tensor.dtype(), tensor.parameters(), Long::sum));
        Map<String, String> claims = new TreeMap<>();
        CLAIMS.forEach(field -> {
            String said = header.metadata().getOrDefault(field, "").strip();
            if (!said.isEmpty()) {
                claims.put(field, said.substring(0, Math.min(said.length(), LONGEST_CLAIM)));
            }
        });
        ModelKind kind = Kinds.of(header.tensors());
        return new ModelInspection(
                kind,
                BaseModels.of(header.tensors(), kind, claims),
                claims,
                TriggerWords.of(header.metadata()),
                header.tensors().size(),
                dtypes.values().stream().mapToLong(Long::longValue).sum(),
                dtypes);
    }
}
