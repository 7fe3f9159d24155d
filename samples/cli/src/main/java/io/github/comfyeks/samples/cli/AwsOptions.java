package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.store.ModelStore;
import io.github.comfyeks.model.store.S3Options;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/** Which bucket, and who we are to AWS: options, else what the AWS CLI takes, {@code AWS_*} variables and profiles. */
final class AwsOptions {
    @Option(names = "--bucket", paramLabel = "NAME", description = "The bucket that holds the models.")
    private String bucket = "";

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "What stands before the models' keys in the bucket. Default: nothing")
    private String prefix = "";

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Another server that speaks S3. Default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, else AWS")
    private @Nullable URI endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Default: AWS_REGION, AWS_DEFAULT_REGION, else the profile's or the machine's")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "A profile of ~/.aws/config and credentials. Default: AWS_PROFILE, else default")
    private @Nullable String profile;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    boolean hasBucket() {
        return !bucket.isEmpty();
    }

    String bucket() {
        if (bucket.isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Missing required option: '--bucket=NAME'");
        }
        return bucket;
    }

    /** The bucket and what stands before the keys, for people. */
    String place() {
        return "s3://" + bucket() + "/" + prefix;
    }

    /** The models in the bucket; the client stays the caller's. */
    ModelStore store(S3Client s3) {
        return ModelStore.of(s3, bucket()).withPrefix(prefix);
    }

    /** A client for so many requests at once; the caller closes it. */
    S3Client client(int connections) {
        return S3Options.builder()
                .region(
                        region == null
                                ? environment("AWS_REGION", "AWS_DEFAULT_REGION")
                                        .orElse(null)
                                : region)
                .profile(profile)
                .endpoint(
                        endpoint == null
                                ? environment("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
                                        .map(AwsOptions::uri)
                                        .orElse(null)
                                : endpoint)
                .connections(connections)
                .build()
                .client();
    }

    /** A client of Systems Manager; the caller closes it. */
    SsmClient ssm() {
        DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
        SsmClientBuilder builder = SsmClient.builder()
                .credentialsProvider((profile == null ? credentials : credentials.profileName(profile)).build())
                .httpClientBuilder(ApacheHttpClient.builder());
        Optional.ofNullable(region)
                .or(() -> environment("AWS_REGION", "AWS_DEFAULT_REGION"))
                .ifPresent(name -> builder.region(Region.of(name)));
        Optional.ofNullable(endpoint)
                .or(() ->
                        environment("AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL").map(AwsOptions::uri))
                .ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static URI uri(String text) {
        if (!text.contains("://")) {
            throw new IllegalArgumentException(
                    "AWS_ENDPOINT_URL: " + text + " is no address such as http://127.0.0.1:9000");
        }
        return URI.create(text);
    }

    /** The first of these variables that says something. */
    private Optional<String> environment(String... names) {
        Comfyeks command = (Comfyeks) Objects.requireNonNull(spec).root().userObject();
        return Stream.of(names)
                .map(name -> command.environment().getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
