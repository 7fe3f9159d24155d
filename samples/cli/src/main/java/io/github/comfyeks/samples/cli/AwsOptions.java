package io.github.comfyeks.samples.cli;

import io.github.comfyeks.model.store.ModelStore;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Which bucket, and who we are to AWS: options, else what the AWS CLI takes, {@code AWS_*} variables and profiles. */
final class AwsOptions {
    private static final int ATTEMPTS = 6;

    @Option(names = "--bucket", required = true, paramLabel = "NAME", description = "The bucket that holds the models.")
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

    String bucket() {
        return bucket;
    }

    /** The models in the bucket; the client stays the caller's. */
    ModelStore store(S3Client s3) {
        return ModelStore.of(s3, bucket).withPrefix(prefix);
    }

    /** A client for so many requests at once; the caller closes it. */
    S3Client client(int connections) {
        Optional<URI> other = endpoint == null
                ? environment("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL").map(AwsOptions::uri)
                : Optional.of(endpoint);
        S3ClientBuilder builder = S3Client.builder()
                .region(region())
                .credentialsProvider(credentials())
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(connections));
        other.ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
        return builder.build();
    }

    private static URI uri(String text) {
        if (!text.contains("://")) {
            throw new IllegalArgumentException(
                    "AWS_ENDPOINT_URL: " + text + " is no address such as http://127.0.0.1:9000");
        }
        return URI.create(text);
    }

    private DefaultCredentialsProvider credentials() {
        DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
        return profile == null ? builder.build() : builder.profileName(profile).build();
    }

    private Region region() {
        Optional<String> named = region == null ? environment("AWS_REGION", "AWS_DEFAULT_REGION") : Optional.of(region);
        if (named.isPresent()) {
            return Region.of(named.get());
        }
        DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
        if (profile != null) {
            chain.profileName(profile);
        }
        try {
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException("no AWS region; name one by --region or AWS_REGION", e);
        }
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
