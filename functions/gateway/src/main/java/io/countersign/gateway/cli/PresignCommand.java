package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.identity.delegation.SigningRefusal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Headers;
import io.countersign.presign.OperatorPresigner;
import io.countersign.presign.PresignedUrl;
import io.countersign.registry.Bucket;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code presign}: one URL, for an operator.
 *
 * @param expiresIn seconds; the usual life of a URL when it is empty
 * @param signer a user of the bucket's account; the bucket's own signer when this and {@code accessKey} are empty
 */
record PresignCommand(
        DataPlace data,
        RequestLine request,
        OptionalInt expiresIn,
        Optional<String> signer,
        Optional<String> accessKey,
        boolean json)
        implements Operation {
    private static final String EXPIRES_IN = "--expires-in";
    private static final String SIGNER = "--signer";

    static CommandSpec spec() {
        CommandSpec presign = Commands.reading(
                "presign",
                "Presigns one URL with a key of the registry. What may be signed, and for how long, is as at POST /presign;"
                        + " no policy is asked.",
                PresignCommand::read,
                "presign --bucket examplebucket --key public/readme.txt --expires-in 600 --data data",
                "presign --method PUT --bucket examplebucket --key a.jpg --header Content-Type:image/jpeg --data data");
        presign.addOption(Options.required(RequestLine.BUCKET, "NAME", "The bucket."));
        presign.addOption(Options.required(RequestLine.KEY, "KEY", "The object's key, literally."));
        RequestLine.addTo(presign, "V4 (the default) or V1.");
        presign.addOption(
                Options.number(EXPIRES_IN, "SECONDS", "From 1 to the longest life of a URL (the settings')."));
        presign.addArgGroup(ArgGroupSpec.builder()
                .exclusive(true)
                .multiplicity("0..1")
                .addArg(Options.text(SIGNER, "USER", "A user of the bucket's account (the bucket's signer)."))
                .addArg(Options.text(Options.ACCESS_KEY, "ID", "The very key that signs."))
                .build());
        return presign;
    }

    private static PresignCommand read(Line line) throws Misuse {
        return new PresignCommand(
                line.place(),
                RequestLine.read(line),
                line.optionalNumber(EXPIRES_IN),
                line.text(SIGNER),
                line.text(Options.ACCESS_KEY),
                line.json());
    }

    @Override
    public void run(Tools tools) throws CommandFailure, StoreUnavailable {
        Settings settings = Tools.settings();
        try (OpenedData opened = tools.existing(data, settings)) {
            ChosenKeys keys = ChosenKeys.in(opened, settings, tools.now());
            String name = request.bucket().orElse("");
            Bucket bucket = keys.bucket(name)
                    .orElseThrow(() -> new CommandFailure(
                            "NoSuchBucket", "The registry does not hold the bucket " + name + "; correct its name."));
            AccessKey key = accessKey.isPresent()
                    ? keys.byId(accessKey.get())
                    : keys.of(signer.map(bucket::signedBy).orElse(bucket));
            PresignedUrl url = new OperatorPresigner(settings.presign())
                    .presign(Members.of(Values.parse(wanted())), bucket, key, tools.now());
            print(url, key, tools);
        } catch (SigningRefusal e) {
            throw new CommandFailure(e.code().text(), e.text(), e);
        } catch (InvalidDocumentException e) {
            throw new CommandFailure("InvalidRequest", e.location() + ": " + e.problem() + ".", e);
        }
    }

    /** The same that the face takes. */
    private String wanted() {
        return JsonText.object(json -> {
            json.put("method", request.method())
                    .put("bucket", request.bucket())
                    .put("key", request.key())
                    .put("version", request.version());
            expiresIn.ifPresent(seconds -> json.put("expiresIn", seconds));
            json.object(
                    "headers",
                    headers -> request.headers().forEach(header -> headers.put(header.name(), header.value())));
            json.object("query", query -> request.query().forEach(one -> query.put(one.name(), one.value())));
        });
    }

    private void print(PresignedUrl url, AccessKey key, Tools tools) {
        if (json) {
            tools.out().println(JsonText.object(members -> {
                url.write(members);
                members.put("accessKeyId", key.id());
            }));
            return;
        }
        tools.out().println(url.url());
        for (Headers.HeaderField header : url.headers().fields()) {
            tools.out().println("send: " + header.name() + ": " + header.value());
        }
        tools.out().println("method: " + url.method() + ", signed by " + key.id() + ", until " + url.expiration());
    }
}
