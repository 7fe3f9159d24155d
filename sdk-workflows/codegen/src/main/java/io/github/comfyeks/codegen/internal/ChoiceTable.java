package io.github.comfyeks.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.NodeSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Which combos are open value types of their own: lists that several inputs share and that are no files, samplers above all.
 * Named from a small table, else after the input; if several lists want one name, after what their nodes have in common too.
 */
final class ChoiceTable {
    private static final int SHARED_BY = 3;
    private static final List<String> UPLOADS =
            List.of("image_upload", "video_upload", "audio_upload", "file_upload", "image_folder", "remote");
    private static final Pattern FILE = Pattern.compile(
            ".*\\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx|ya?ml|json|txt|csv|png|jpe?g|webp|gif|mp[34]|wav|flac|ogg|webm|mkv|"
                    + "mov|ttf|otf|cube|glb|obj|npz?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_INPUT = Pattern.compile(
            ".*(folder|director|path|file|ckpt|checkpoint|lora_?name|vae_?name|unet_?name|clip_?name|font|embedding).*",
            Pattern.CASE_INSENSITIVE);

    /** Lists that deserve a name whoever shares them: by the input's name and a choice that is in them. */
    private record Preferred(String input, String choice, String name) {}

    private static final List<Preferred> PREFERRED = List.of(
            new Preferred("sampler_name", "euler", "SamplerName"),
            new Preferred("scheduler", "karras", "Scheduler"),
            new Preferred("upscale_method", "lanczos", "UpscaleMethod"),
            new Preferred("scale_method", "lanczos", "UpscaleMethod"),
            new Preferred("upscale_method", "bislerp", "LatentUpscaleMethod"),
            new Preferred("set_cond_area", "mask bounds", "ConditioningArea"),
            new Preferred("crop", "center", "Crop"),
            new Preferred("device", "cpu", "LoadDevice"));

    /** One list and who uses it. */
    private static final class Group {
        private final @Nullable String preferred;
        private final Set<String> choices = new LinkedHashSet<>();
        private final Map<String, Integer> inputs = new LinkedHashMap<>();
        private final Set<String> classes = new TreeSet<>();
        private boolean onlyPartners = true;
        private int uses;

        Group(@Nullable String preferred) {
            this.preferred = preferred;
        }

        void add(NodeSchema node, InputSchema input) {
            input.choices().forEach(choice -> choices.add((String) choice));
            inputs.merge(input.name(), 1, Integer::sum);
            classes.add(node.classType());
            onlyPartners &= node.apiNode();
            uses++;
        }

        boolean isShared() {
            return preferred != null || uses >= SHARED_BY;
        }

        String wanted() {
            if (preferred != null) {
                return preferred;
            }
            String input = inputs.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse("");
            String name = JavaNames.type(input, "Choice").replaceFirst("_?\\d+$", "");
            return name.isEmpty() ? "Choice" : name;
        }

        /** What the names of its nodes begin with, in whole words: at most two, and never all. */
        String common() {
            List<List<String>> names =
                    classes.stream().map(JavaNames::camelWords).toList();
            List<String> first = names.get(0);
            int same = 0;
            while (same < Math.min(2, first.size() - 1) && sharesWord(names, same)) {
                same++;
            }
            return first.subList(0, same).stream().map(JavaNames::capital).collect(Collectors.joining());
        }

        /** Its ends, such as 480pTo1080p. */
        String ends() {
            List<String> all = List.copyOf(choices);
            return JavaNames.type("x " + all.get(0), "").substring(1)
                    + "To"
                    + JavaNames.type("x " + all.get(all.size() - 1), "").substring(1);
        }

        private static boolean sharesWord(List<List<String>> names, int index) {
            String word = names.get(0).get(index);
            return names.stream()
                    .allMatch(each -> each.size() > index && each.get(index).equals(word));
        }
    }

    private final @Nullable ChoiceTable base;
    private final Map<Object, Group> groups = new LinkedHashMap<>();
    private final Map<Group, ClassName> names = new LinkedHashMap<>();
    private final Set<Group> used = new LinkedHashSet<>();

    /** @param scopes the names taken in each package */
    ChoiceTable(
            Collection<NodeSchema> nodes,
            String packageName,
            String partnerPackage,
            Function<String, Scope> scopes,
            @Nullable ChoiceTable base) {
        this.base = base;
        for (NodeSchema node : nodes) {
            Schemas.walk(node, input -> key(input).ifPresent(key -> groups.computeIfAbsent(
                            key, k -> new Group(k instanceof String name ? name : null))
                    .add(node, input)));
        }
        Map<String, List<Group>> wanted = new LinkedHashMap<>();
        groups.values().stream().filter(Group::isShared).forEach(group -> wanted.computeIfAbsent(
                        packageOf(group, packageName, partnerPackage) + "." + group.wanted(), k -> new ArrayList<>())
                .add(group));
        wanted.values()
                .forEach(rivals -> rivals.forEach(group -> {
                    String at = packageOf(group, packageName, partnerPackage);
                    names.put(group, ClassName.get(at, scopes.apply(at).take(name(group, rivals), "Choice")));
                }));
    }

    /** Never a number alone: with another list before it, it would mean something else. */
    private static String name(Group group, List<Group> rivals) {
        if (rivals.size() == 1 || group.preferred != null) {
            return group.wanted();
        }
        String common = group.common();
        boolean isUnique = !common.isEmpty()
                && rivals.stream().filter(each -> each.common().equals(common)).count() == 1;
        return common + group.wanted() + (isUnique ? "" : group.ends());
    }

    private static String packageOf(Group group, String packageName, String partnerPackage) {
        return group.onlyPartners ? partnerPackage : packageName;
    }

    /** The preferred name, or the list of choices; empty if it is no list to name. */
    private static Optional<Object> key(InputSchema input) {
        List<Object> choices = input.choices();
        boolean named = input.isCombo()
                && choices.stream().distinct().count() > 1
                && choices.stream()
                        .allMatch(choice -> choice instanceof String text
                                && !FILE.matcher(text).matches())
                && !FILE_INPUT.matcher(input.name()).matches()
                && UPLOADS.stream().noneMatch(input.options()::containsKey);
        if (!named) {
            return Optional.empty();
        }
        return Optional.of(PREFERRED.stream()
                .filter(each -> each.input.equals(input.name()) && choices.contains(each.choice))
                .map(each -> (Object) each.name)
                .findFirst()
                .orElse(choices));
    }

    /** The type of this combo, if it has one. */
    Optional<ClassName> find(InputSchema input) {
        Optional<ClassName> known = base == null ? Optional.empty() : base.find(input);
        if (known.isPresent()) {
            return known;
        }
        return key(input).map(groups::get).filter(names::containsKey).map(group -> {
            used.add(group);
            return Objects.requireNonNull(names.get(group));
        });
    }

    /** The types that were found, and no others. */
    Map<ClassName, TypeSpec> types() {
        Map<ClassName, TypeSpec> types = new LinkedHashMap<>();
        for (Group group : used) {
            ClassName name = Objects.requireNonNull(names.get(group));
            types.put(name, choice(name, group));
        }
        return types;
    }

    private static TypeSpec choice(ClassName name, Group group) {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .superclass(Names.CHOICE)
                .addJavadoc(
                        "Choices of $L. Open: {@link #of} takes what only another server has. Immutable.\n",
                        group.inputs.keySet().stream().map(Docs::code).collect(Collectors.joining(", ")));
        constants(group).forEach((choice, constant) -> {
            type.addField(FieldSpec.builder(name, constant, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                    .addJavadoc("$L\n", Docs.code(choice.isEmpty() ? "\"\"" : choice))
                    .initializer("new $T($S)", name, choice)
                    .build());
        });
        return type.addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addParameter(String.class, "value")
                        .addStatement("super(value)")
                        .build())
                .addMethod(MethodSpec.methodBuilder("of")
                        .addJavadoc("The choice with this text, as it is sent.\n")
                        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                        .returns(name)
                        .addParameter(String.class, "value")
                        .addStatement("return new $T(value)", name)
                        .build())
                .build();
    }

    private static Map<String, String> constants(Group group) {
        Scope taken = Scope.ofMembers(Set.of());
        Map<String, String> constants = new LinkedHashMap<>();
        group.choices.forEach(choice -> constants.put(choice, taken.take(JavaNames.constant(choice), "")));
        return constants;
    }

    /** Whether the type is of a list of choices. */
    boolean isType(TypeName type) {
        return names.containsValue(type) || (base != null && base.isType(type));
    }

    /** The constant of a choice in its type; empty if there is none. */
    Optional<String> constant(TypeName type, String choice) {
        for (Map.Entry<Group, ClassName> each : names.entrySet()) {
            if (each.getValue().equals(type)) {
                return Optional.ofNullable(constants(each.getKey()).get(choice));
            }
        }
        return base == null ? Optional.empty() : base.constant(type, choice);
    }
}
