package io.github.comfyeks.model.store;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How S3 is reached. Credentials come from the AWS SDK's default chain: variables, profiles, the role of a pod or machine. Immutable.
 */
public final class S3Options {
    private static final int ATTEMPTS = 6;

    private final @Nullable String region;
    private final @Nullable String profile;
    private final @Nullable URI endpoint;
    private final @Nullable Boolean pathStyle;
    private final int connections;

    private S3Options(Builder builder) {
        this.region = builder.region;
        this.profile = builder.profile;
        this.endpoint = builder.endpoint;
        this.pathStyle = builder.pathStyle;
        this.connections = builder.connections;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A new client; the caller closes it. What fails and may be asked again is asked up to 6 times.
     *
     * @throws IllegalArgumentException if no region is known
     */
    public S3Client client() {
        DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
        S3ClientBuilder builder = S3Client.builder()
                .region(region == null ? usualRegion() : Region.of(region))
                .credentialsProvider((profile == null ? credentials : credentials.profileName(profile)).build())
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .build()))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(connections));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        boolean named =
                endpoint == null || endpoint.getHost().toLowerCase(Locale.ROOT).endsWith(".amazonaws.com");
        return builder.forcePathStyle(pathStyle == null ? !named : pathStyle).build();
    }

    private Region usualRegion() {
        DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
        try {
            return (profile == null ? chain : chain.profileName(profile))
                    .build()
                    .getRegion();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException("no AWS region is known; name one, or set AWS_REGION", e);
        }
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private @Nullable String region;
        private @Nullable String profile;
        private @Nullable URI endpoint;
        private @Nullable Boolean pathStyle;
        private int connections = 64;

        private Builder() {}

        /** Where the bucket lies; by default what the environment, the profile or the machine says. */
        public Builder region(@Nullable String name) {
            this.region = name;
            return this;
        }

        /** A profile of {@code ~/.aws/config} and {@code credentials}; by default {@code AWS_PROFILE}, else the default one. */
        public Builder profile(@Nullable String name) {
            this.profile = name;
            return this;
        }

        /**
         * Another server that speaks S3, such as {@code http://127.0.0.1:9000}; by default AWS, or what
         * {@code AWS_ENDPOINT_URL_S3} names.
         *
         * @throws IllegalArgumentException if it is no HTTP address
         */
        public Builder endpoint(@Nullable URI address) {
            if (address != null
                    && (address.getHost() == null
                            || !String.valueOf(address.getScheme()).matches("(?i)https?"))) {
                throw new IllegalArgumentException(
                        "\"" + address + "\" is no address of an S3 server, such as http://127.0.0.1:9000");
            }
            this.endpoint = address;
            return this;
        }

        /** Whether the bucket's name stands in the path and not in the host; by default if the endpoint is not AWS's. */
        public Builder pathStyle(boolean inPath) {
            this.pathStyle = inPath;
            return this;
        }

        /** How many requests may run at once, at least one; 64 unless set. */
        public Builder connections(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("connections must be at least 1, not " + most);
            }
            this.connections = most;
            return this;
        }

        public S3Options build() {
            return new S3Options(this);
        }
    }
}
