package io.github.comfyeks.model.catalog.internal;

import io.github.comfyeks.internal.Nearest;
import io.github.comfyeks.model.catalog.CatalogEntry;
import io.github.comfyeks.model.catalog.CatalogException;
import io.github.comfyeks.model.catalog.ModelCatalog;
import io.github.comfyeks.model.catalog.ModelSource;
import io.github.comfyeks.model.store.ModelKey;
import io.github.comfyeks.model.store.ModelManifest.Tier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML and collects what is wrong in it. Used once. */
public final class CatalogReader {
    private static final List<String> TOP = List.of("version", "folders", "models");
    private static final List<String> OF_MODEL = List.of("model", "folder", "source", "sha256", "tier", "pin");
    private static final List<String> TIERS = List.of("start", "demand");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The model folders that ComfyUI has by itself. */
    private static final List<String> FOLDERS = List.of(
            "audio_encoders",
            "checkpoints",
            "classifiers",
            "clip",
            "clip_vision",
            "configs",
            "controlnet",
            "diffusers",
            "diffusion_models",
            "embeddings",
            "gligen",
            "hypernetworks",
            "latent_upscale_models",
            "loras",
            "model_patches",
            "photomaker",
            "style_models",
            "text_encoders",
            "unet",
            "upscale_models",
            "vae",
            "vae_approx");

    private final Path base;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> folders = new TreeSet<>(FOLDERS);
    private final Map<ModelKey, CatalogEntry> entries = new LinkedHashMap<>();

    private CatalogReader(Path base) {
        this.base = base;
    }

    /** @param base the folder from which local files are named */
    public static ModelCatalog read(String name, byte[] yaml, Path base) {
        CatalogReader reader = new CatalogReader(base);
        reader.parse(name, new String(yaml, StandardCharsets.UTF_8));
        if (!reader.problems.isEmpty()) {
            throw new CatalogException(name, reader.problems, null);
        }
        return new ModelCatalog(name, List.copyOf(reader.entries.values()));
    }

    private void parse(String name, String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            if (root.isEmpty()) {
                problems.add("it is empty; it needs a list \"models\"");
            } else {
                top(root.get());
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            problems.add("line " + line + ": no YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add("no YAML: " + e.getMessage());
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private void problem(Node at, String what) {
        problems.add("line " + line(at) + ": " + what);
    }

    private void top(Node root) {
        Map<String, Node> fields = fields(root, "the catalogue", TOP);
        Node version = fields.get("version");
        if (version != null && !text(version).equals("1")) {
            problem(version, "version " + text(version) + " is not known; this release reads version 1");
        }
        Node own = fields.get("folders");
        if (own instanceof SequenceNode list) {
            list.getValue().forEach(folder -> folders.add(text(folder)));
        } else if (own != null) {
            problem(own, "folders must be a list of names");
        }
        Node models = fields.get("models");
        if (models instanceof SequenceNode list) {
            list.getValue().forEach(this::model);
        } else if (root instanceof MappingNode) {
            problem(models == null ? root : models, "there must be a list \"models\"");
        }
    }

    /** The fields of a mapping; what is odd becomes a problem. */
    private Map<String, Node> fields(Node node, String what, Collection<String> known) {
        Map<String, Node> fields = new HashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, what + " must be a mapping of " + String.join(", ", known));
            return fields;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String field = text(tuple.getKeyNode());
            if (!known.contains(field)) {
                problem(tuple.getKeyNode(), "\"" + field + "\" is no field of " + what + Nearest.hint(field, known));
            } else if (fields.put(field, tuple.getValueNode()) != null) {
                problem(tuple.getKeyNode(), "\"" + field + "\" stands twice");
            }
        }
        return fields;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private void model(Node node) {
        Map<String, Node> fields = fields(node, "a model", OF_MODEL);
        if (!(node instanceof MappingNode)) {
            return;
        }
        int before = problems.size();
        Node model = required(node, fields, "model");
        Node folder = required(node, fields, "folder");
        if (folder != null && !folders.contains(text(folder))) {
            problem(
                    folder,
                    "ComfyUI has no model folder \"" + text(folder) + "\"" + Nearest.hint(text(folder), folders)
                            + "; if custom nodes bring it, name it in \"folders\"");
        }
        @Nullable String sha256 = sha256(fields.get("sha256"));
        ModelSource source = source(node, fields.get("source"), sha256);
        Tier tier = tier(fields.get("tier"));
        boolean pin = pin(fields.get("pin"));
        if (model == null || folder == null) {
            return;
        }
        String key = text(folder) + "/" + text(model);
        Optional<String> problem = ModelKey.problem(key);
        if (problem.isPresent()) {
            problem(model, "\"" + key + "\" is no key of a model: " + problem.get());
        } else {
            CatalogEntry entry = new CatalogEntry(new ModelKey(key), source, sha256, tier, pin, line(node));
            CatalogEntry other = entries.putIfAbsent(entry.key(), entry);
            if (other != null && problems.size() == before) {
                problem(node, key + " stands in line " + other.line() + " already");
            }
        }
    }

    private @Nullable Node required(Node model, Map<String, Node> fields, String name) {
        Node field = fields.get(name);
        if (field == null || text(field).isEmpty()) {
            problem(field == null ? model : field, "a model needs \"" + name + "\"");
            return null;
        }
        return field;
    }

    private @Nullable String sha256(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        String sha256 = text(node).toLowerCase(Locale.ROOT);
        if (!sha256.matches("[0-9a-f]{64}")) {
            problem(node, "sha256 \"" + text(node) + "\" is none: 64 hexadecimal digits are wanted");
        }
        return sha256;
    }

    private Tier tier(@Nullable Node node) {
        if (node == null) {
            return Tier.DEMAND;
        }
        if (!TIERS.contains(text(node))) {
            problem(node, "tier \"" + text(node) + "\" is none" + Nearest.hint(text(node), TIERS));
        }
        return text(node).equals("start") ? Tier.START : Tier.DEMAND;
    }

    private boolean pin(@Nullable Node node) {
        if (node != null && !Set.of("true", "false").contains(text(node))) {
            problem(node, "pin must be true or false, not \"" + text(node) + "\"");
        }
        return node != null && text(node).equals("true");
    }

    private ModelSource source(Node model, @Nullable Node node, @Nullable String sha256) {
        if (node == null) {
            return new ModelSource.Present();
        }
        String text = text(node);
        try {
            if (text.startsWith("s3://")) {
                return object(node, text.substring("s3://".length()));
            }
            if (text.contains("://")) {
                return link(model, node, new URI(text), sha256);
            }
            if (!text.isEmpty()) {
                return new ModelSource.LocalFile(base.resolve(text));
            }
            problem(node, "source must be a link, s3://bucket/key or a file");
        } catch (URISyntaxException | InvalidPathException e) {
            problem(node, "source \"" + text + "\" cannot be: " + e.getMessage());
        }
        return new ModelSource.Present();
    }

    private ModelSource object(Node node, String place) {
        int slash = place.indexOf('/');
        String key = place.substring(slash + 1);
        if (slash < 1 || ModelKey.problem(key).isPresent()) {
            problem(node, "source \"s3://" + place + "\" is no s3://bucket/key of a model");
        }
        return new ModelSource.S3Object(place.substring(0, Math.max(slash, 0)), key);
    }

    private ModelSource link(Node model, Node node, URI uri, @Nullable String sha256) {
        boolean local = "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
        if (uri.getHost() == null || (!local && !"https".equals(uri.getScheme()))) {
            problem(node, "source \"" + uri + "\" must be an https:// link, s3://bucket/key or a file");
        } else if (uri.getUserInfo() != null) {
            problem(node, "source must hold no password");
        }
        if (sha256 == null) {
            problem(model, "a model that comes by a link needs its \"sha256\"");
        }
        return new ModelSource.Link(uri);
    }
}
