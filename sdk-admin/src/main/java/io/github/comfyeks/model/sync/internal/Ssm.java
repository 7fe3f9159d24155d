package io.github.comfyeks.model.sync.internal;

import io.github.comfyeks.model.sync.SyncException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What all calls of Systems Manager have in common. */
public final class Ssm {
    private Ssm() {}

    /** Calls Systems Manager, and says in our words what it said in its own. */
    public static <T> T calling(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            String code = e.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(e.awsErrorDetails().errorCode());
            throw new SyncException("Systems Manager refuses to " + what + ": " + e.getMessage() + cure(code), e);
        } catch (SdkException e) {
            throw new SyncException("Systems Manager cannot be reached to " + what + ": " + e.getMessage(), e);
        }
    }

    /** Whether the call may well succeed a little later. */
    public static boolean isPassing(SdkException e) {
        return e instanceof AwsServiceException service
                ? service.isThrottlingException() || service.statusCode() >= 500
                : e.retryable();
    }

    private static String cure(String code) {
        return switch (code) {
            case "InvalidDocument" -> "; make the document first with SyncDocument.install";
            case "AccessDeniedException" -> "; the role needs the policy model-sync";
            default -> "";
        };
    }
}
