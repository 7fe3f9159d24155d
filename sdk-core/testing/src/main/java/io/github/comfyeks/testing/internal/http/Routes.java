package io.github.comfyeks.testing.internal.http;

/** All routes of one server process. */
public final class Routes {
    private Routes() {}

    /** The router for a process. */
    public static Router of(Pod pod) {
        Router router = new Router(pod.maxUploadSize());
        SystemRoutes.register(router, pod);
        PromptRoutes.register(router, pod);
        QueueRoutes.register(router, pod);
        ViewRoute.register(router, pod);
        UploadRoutes.register(router, pod);
        UserDataRoutes.register(router, pod);
        JobRoutes.register(router, pod);
        return router;
    }
}
