package io.countersign.verify;

import io.countersign.json.JsonText;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.ExplainedWriter;
import io.countersign.verify.explain.TraceWriter;
import java.time.Instant;

/** Writes an answer as JSON. An absent part has no member. */
final class AnswerWriter {
    private AnswerWriter() {}

    static void write(JsonText.ObjectWriter json, VerifyAnswer answer, Explained explained) {
        json.put("allowed", answer.allowed())
                .put("status", answer.status())
                .object("principal", answer.principal(), AnswerWriter::write)
                .put("action", answer.action())
                .put("resource", answer.resource())
                .object("error", answer.error(), AnswerWriter::write)
                .objects("obligations", answer.obligations(), AnswerWriter::write);
        TraceWriter.write(json, answer.trace());
        ExplainedWriter.write(json, explained);
        json.put("at", answer.at().map(Instant::toString)).object("cors", answer.cors(), AnswerWriter::write);
    }

    private static void write(JsonText.ObjectWriter json, VerifyAnswer.VerifiedPrincipal principal) {
        json.put("type", principal.type())
                .put("arn", principal.arn())
                .put("accountId", principal.accountId())
                .put("accessKeyId", principal.accessKeyId());
    }

    private static void write(JsonText.ObjectWriter json, VerifyAnswer.AnswerError error) {
        json.put("code", error.code()).put("ec", error.ec()).put("message", error.message());
        error.members().forEach(json::put);
    }

    private static void write(JsonText.ObjectWriter json, VerifyAnswer.Obligation obligation) {
        switch (obligation) {
            case VerifyAnswer.Obligation.SetObjectAcl set ->
                json.put("type", "setObjectAcl")
                        .put("bucket", set.bucket())
                        .put("key", set.key())
                        .put("acl", set.acl().text());
            case VerifyAnswer.Obligation.DropObjectAcl drop ->
                json.put("type", "dropObjectAcl").put("bucket", drop.bucket()).put("key", drop.key());
            case VerifyAnswer.Obligation.DropDeletedObjectAcls drop ->
                json.put("type", "dropDeletedObjectAcls").put("bucket", drop.bucket());
            case VerifyAnswer.Obligation.DropSavedObjectAcls drop ->
                json.put("type", "dropSavedObjectAcls").put("bucket", drop.bucket());
            case VerifyAnswer.Obligation.TellObjectAcl tell ->
                json.put("type", "tellObjectAcl")
                        .put("bucket", tell.bucket())
                        .put("key", tell.key())
                        .put("versionId", tell.versionId());
            case VerifyAnswer.Obligation.SetBucketAcl set ->
                json.put("type", "setBucketAcl")
                        .put("bucket", set.bucket())
                        .put("acl", set.acl().text());
        }
    }

    private static void write(JsonText.ObjectWriter json, VerifyAnswer.CorsAnswer cors) {
        json.put("allowOrigin", cors.allowOrigin())
                .put("allowMethods", cors.allowMethods())
                .put("allowHeaders", cors.allowHeaders())
                .put("exposeHeaders", cors.exposeHeaders());
        cors.maxAgeSeconds().ifPresent(seconds -> json.put("maxAgeSeconds", seconds));
    }
}
