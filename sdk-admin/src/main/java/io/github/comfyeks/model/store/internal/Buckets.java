package io.github.comfyeks.model.store.internal;

import io.github.comfyeks.model.store.StoreException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What all calls of S3 have in common. */
public final class Buckets {
    private Buckets() {}

    /** Calls S3, and says in our words what it said in its own. */
    public static <T> T calling(String verb, String bucket, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            throw new StoreException(
                    "s3://" + bucket + "/" + key + ": S3 refuses to " + verb + " it: " + said(e) + cure(e.statusCode()),
                    e.statusCode(),
                    e);
        } catch (SdkException e) {
            throw new StoreException(
                    "s3://" + bucket + "/" + key + ": S3 cannot be reached to " + verb + " it: " + e.getMessage(),
                    0,
                    e);
        }
    }

    private static String said(AwsServiceException e) {
        String message = e.awsErrorDetails() == null
                ? e.getMessage()
                : e.awsErrorDetails().errorCode();
        return message + " (" + e.statusCode() + ")";
    }

    private static String cure(int status) {
        return switch (status) {
            case 301, 307 -> "; the bucket lies in another region: name that one";
            case 403 -> "; check the credentials and the policies of bucket and role";
            case 404 -> "; check the name";
            default -> "";
        };
    }

    /** An ETag without its quotes. */
    public static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}
