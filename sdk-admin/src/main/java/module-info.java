/** The administration of models on Amazon EKS. Packages named {@code internal} are not exported and may change at any time. */
module io.github.comfyeks.admin {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires jdk.httpserver;
    requires org.slf4j;
    requires org.snakeyaml.engine.v2;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires transitive io.github.comfyeks.core;
    requires transitive software.amazon.awssdk.services.s3;
    requires transitive software.amazon.awssdk.services.ssm;
    requires static transitive org.jspecify;

    exports io.github.comfyeks.model.agent;
    exports io.github.comfyeks.model.catalog;
    exports io.github.comfyeks.model.file;
    exports io.github.comfyeks.model.store;
    exports io.github.comfyeks.model.sync;
    exports io.github.comfyeks.model.visibility;
}
