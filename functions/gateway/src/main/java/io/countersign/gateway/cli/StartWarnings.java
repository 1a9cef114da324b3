package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.Bucket;
import io.countersign.registry.Upload;
import io.countersign.registry.Upstream;
import io.countersign.registry.keys.AccountListing;
import io.countersign.registry.keys.UploadListing;
import io.countersign.registry.keys.UpstreamListing;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.settings.PropertyValues;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells an operator on standard error what in the registry a server cannot serve. It starts all the same, and what was applied stays applied. */
record StartWarnings(RegistryStore store, Terminal terminal, InstantSource clock) {
    /** Reads the registry, and says a line if it must. */
    @FunctionalInterface
    private interface Check {
        void warn() throws StoreUnavailable;
    }

    /** {@code /auth} would hand signatures for the stores behind buckets to every program and user of this machine, so it answers 503 for these buckets. */
    void ofUnguardedStores() throws CommandFailure {
        checked(() -> new UpstreamListing(store, clock.instant())
                .first(Upstream.Protocol.OSS)
                .ifPresent(bucket -> say("The bucket " + bucket.name()
                        + " has a store behind it that speaks OSS, and /auth would answer with signatures for it, so it"
                        + " answers 503. To use it, set countersign.private.tokens (private-token NAME makes one), or"
                        + " serve private faces on a UNIX socket alone, with --listen and without --private-port."
                        + " The store port is not concerned.")));
    }

    /** {@code /uploads} answers 501 for them: an upload that nobody hears of is not what its manifest says. */
    void ofMissingCallbacks() throws CommandFailure {
        checked(() -> new UploadListing(store, clock.instant())
                .first(Upload::callback)
                .ifPresent(upload -> say("The upload " + upload.name()
                        + " has callback: true, and countersign.callbacks.url is not set, so /uploads/" + upload.name()
                        + " answers 501. Set it to the URL at which OSS reaches /callbacks/oss of this server.")));
    }

    /**
     * The store port refuses a form's file beyond its setting, whatever the upload allows.
     *
     * @param maxFormBytes the setting
     */
    void ofLargeForms(long maxFormBytes) throws CommandFailure {
        checked(() -> {
            Set<String> backed = new UpstreamListing(store, clock.instant())
                    .buckets().stream().map(Bucket::name).collect(Collectors.toSet());
            new UploadListing(store, clock.instant())
                    .first(upload -> upload.kind() == Upload.Kind.FORM
                            && upload.maxBytes() > maxFormBytes
                            && backed.contains(upload.bucket()))
                    .ifPresent(upload -> say("The upload " + upload.name() + " has maxBytes: " + upload.maxBytes()
                            + ", and the store port refuses the file of a form beyond"
                            + " countersign.upstream.max-form-bytes ("
                            + maxFormBytes + ") with EntityTooLarge. Set it to as much or more where the server"
                            + " runs, or let the upload be as: put or as: multipart."));
        });
    }

    /** A variable that is no setting has no effect, nor has an empty value: an operator would believe in a log that nobody writes. */
    void ofNoEffect(PropertyValues values) {
        values.misspellings(Settings.ALL)
                .forEach(one -> say("The environment variable " + one.variable()
                        + " is no setting and has no effect. Name it " + one.meant() + ", or unset it."));
        values.empty(Settings.ALL)
                .forEach(name -> say("The setting " + name
                        + " is empty, which is as if it were not set. Give it a value, or unset it."));
    }

    /** Without an account every caller is refused, as in a directory that was named by mistake. */
    void ofNoAccount() throws CommandFailure {
        checked(() -> {
            if (!AccountListing.isAny(store, clock.instant())) {
                say("The registry holds no account, so every caller is refused. Apply a"
                        + " manifest (--manifest, or the command apply), or name the directory that the server uses"
                        + " (--data).");
            }
        });
    }

    private static void checked(Check check) throws CommandFailure {
        try {
            check.warn();
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    private void say(String warning) {
        terminal.err().println("countersign: warning: " + warning);
    }
}
