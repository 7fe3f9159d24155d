package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import io.github.comfyeks.schema.NodeSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Which marker stands for which type that links carry: the standard ones, those of the pack, and unions of these. */
final class TypeTable {
    private static final String KIND = "Type";

    private static final Map<String, String> STANDARD = Map.ofEntries(
            Map.entry("INT", "IntValue"),
            Map.entry("FLOAT", "FloatValue"),
            Map.entry("STRING", "StringValue"),
            Map.entry("BOOLEAN", "BooleanValue"),
            Map.entry("COMBO", "ComboValue"),
            Map.entry("AUDIO", "Audio"),
            Map.entry("CLIP", "Clip"),
            Map.entry("CLIP_VISION", "ClipVision"),
            Map.entry("CLIP_VISION_OUTPUT", "ClipVisionOutput"),
            Map.entry("CONDITIONING", "Conditioning"),
            Map.entry("CONTROL_NET", "ControlNet"),
            Map.entry("GLIGEN", "Gligen"),
            Map.entry("GUIDER", "Guider"),
            Map.entry("HOOK_KEYFRAMES", "HookKeyframes"),
            Map.entry("HOOKS", "Hooks"),
            Map.entry("IMAGE", "Image"),
            Map.entry("LATENT", "Latent"),
            Map.entry("LATENT_OPERATION", "LatentOperation"),
            Map.entry("LATENT_UPSCALE_MODEL", "LatentUpscaleModel"),
            Map.entry("LORA_MODEL", "LoraModel"),
            Map.entry("MASK", "Mask"),
            Map.entry("MESH", "Mesh"),
            Map.entry("MODEL", "Model"),
            Map.entry("MODEL_PATCH", "ModelPatch"),
            Map.entry("NOISE", "Noise"),
            Map.entry("PHOTOMAKER", "Photomaker"),
            Map.entry("SAMPLER", "Sampler"),
            Map.entry("SIGMAS", "Sigmas"),
            Map.entry("STYLE_MODEL", "StyleModel"),
            Map.entry("SVG", "Svg"),
            Map.entry("TIMESTEPS_RANGE", "TimestepsRange"),
            Map.entry("UPSCALE_MODEL", "UpscaleModel"),
            Map.entry("VAE", "Vae"),
            Map.entry("VIDEO", "Video"),
            Map.entry("VOXEL", "Voxel"));

    /** The largest first. */
    private static final Map<Set<String>, String> STANDARD_UNIONS = new LinkedHashMap<>();

    static {
        STANDARD_UNIONS.put(Set.of("INT", "FLOAT", "STRING", "BOOLEAN"), "Primitive");
        STANDARD_UNIONS.put(Set.of("INT", "FLOAT", "BOOLEAN"), "IntOrFloatOrBoolean");
        STANDARD_UNIONS.put(Set.of("INT", "FLOAT"), "IntOrFloat");
        STANDARD_UNIONS.put(Set.of("IMAGE", "MASK"), "ImageOrMask");
    }

    private final @Nullable TypeTable base;
    private final Map<String, ClassName> own = new TreeMap<>();
    private final Map<Set<String>, ClassName> unions = new LinkedHashMap<>();
    private final Set<String> given = new HashSet<>();

    /**
     * @param nodes those that are generated
     * @param all those of the server: a type that none of them gives is no link
     * @param base the types of nodes that were generated before
     */
    TypeTable(Collection<NodeSchema> nodes, Collection<NodeSchema> all, String packageName, @Nullable TypeTable base) {
        this.base = base;
        all.forEach(node -> node.outputs().forEach(output -> given.addAll(split(output.type()))));
        Set<List<String>> seen = new LinkedHashSet<>();
        for (NodeSchema node : nodes) {
            node.outputs().forEach(output -> seen.add(split(output.type())));
            Schemas.walk(node, input -> {
                seen.add(input.unionTypes());
                input.matchType().ifPresent(match -> seen.add(match.allowedTypes()));
            });
        }
        Set<String> strange = new TreeSet<>();
        seen.forEach(types -> types.stream().filter(this::isNew).forEach(strange::add));
        Scope scope = Scope.ofTypes();
        STANDARD.values().forEach(name -> scope.take(name, KIND));
        strange.forEach(
                type -> own.put(type, ClassName.get(packageName, scope.take(JavaNames.type(type, KIND), KIND))));
        Set<Set<String>> together = new LinkedHashSet<>();
        seen.forEach(types -> together.add(ownOf(types)));
        together.stream()
                .filter(members -> members.size() > 1)
                .sorted(Comparator.<Set<String>>comparingInt(Set::size)
                        .reversed()
                        .thenComparing(members -> String.join(",", members)))
                .forEach(members ->
                        unions.put(members, ClassName.get(packageName, scope.take(unionName(members), KIND))));
    }

    static List<String> split(String types) {
        return List.of(types.split(",")).stream()
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .toList();
    }

    private boolean isNew(String type) {
        return !type.equals("*") && !type.startsWith("COMFY_") && !STANDARD.containsKey(type) && !isOfBase(type);
    }

    private boolean isOfBase(String type) {
        return base != null && (base.own.containsKey(type) || base.isOfBase(type));
    }

    private Set<String> ownOf(Collection<String> types) {
        Set<String> members = new TreeSet<>(types);
        members.retainAll(own.keySet());
        return members;
    }

    private String unionName(Set<String> members) {
        List<String> names = members.stream()
                .map(type -> java.util.Objects.requireNonNull(own.get(type)).simpleName())
                .toList();
        return names.size() < 4 ? String.join("Or", names) : names.get(0) + "Or" + (names.size() - 1) + "Others";
    }

    /** Whether any node gives this type; of standard ones always. */
    boolean isGiven(String type) {
        return STANDARD.containsKey(type)
                || given.contains(type)
                || given.contains("*")
                || (base != null && base.isGiven(type));
    }

    /**
     * What an output must be to go into an input that takes these types: any of these markers; the pack's own first. Several, if no
     * interface can stand above them all. Empty if the types are not known.
     */
    List<ClassName> bounds(Collection<String> types) {
        List<ClassName> bounds = new ArrayList<>();
        Set<String> left = new LinkedHashSet<>(types);
        Set<String> mine = ownOf(types);
        Optional<ClassName> union = Optional.ofNullable(unions.get(mine));
        union.ifPresentOrElse(
                bounds::add, () -> mine.forEach(type -> bounds.add(java.util.Objects.requireNonNull(own.get(type)))));
        left.removeAll(mine);
        if (base != null) {
            bounds.addAll(base.bounds(left));
            return bounds;
        }
        STANDARD_UNIONS.forEach((members, name) -> {
            if (left.containsAll(members)) {
                bounds.add(ClassName.get(Names.STANDARD_TYPES, name));
                left.removeAll(members);
            }
        });
        for (String type : left) {
            String name = STANDARD.get(type);
            if (name != null) {
                bounds.add(ClassName.get(Names.STANDARD_TYPES, name));
            }
        }
        return bounds;
    }

    /** The markers of the pack. */
    Map<ClassName, TypeSpec> types() {
        Map<ClassName, TypeSpec> types = new LinkedHashMap<>();
        own.forEach((type, name) -> types.put(name, marker(name, type, Set.of(type))));
        unions.forEach((members, name) -> types.put(name, marker(name, String.join(",", members), members)));
        return types;
    }

    private TypeSpec marker(ClassName name, String type, Set<String> members) {
        TypeSpec.Builder marker = TypeSpec.interfaceBuilder(name)
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "$L: $L. It has no instances.\n",
                        Docs.code(type),
                        members.size() > 1 ? "any of these" : "a type that links carry");
        unions.forEach((others, union) -> {
            if (!union.equals(name) && others.containsAll(members)) {
                marker.addSuperinterface(union);
            }
        });
        return marker.build();
    }
}
