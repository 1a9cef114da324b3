package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Write;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.ReusedText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * The stored form of a revocation. It is an item of its own, so that writing a role, a provider or a key never loses
 * it. It expires when the last session that it refuses has ended. That of a subject is kept for good, because it also
 * refuses tokens of the provider, which live as long as the provider likes.
 */
public final class RevocationItem {
    private RevocationItem() {}

    public static ItemKey key(Revocable about) {
        Consumer<StringBuilder> key = about.keyWriter();
        return new ItemKey(ReusedText.string(text -> key.accept(text.append("revocation/"))), "revocation");
    }

    /** @param before sessions issued at or before it are refused; in whole milliseconds */
    public static String text(Instant before) {
        return JsonText.object(json ->
                json.put("revokedBefore", before.truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    /**
     * Returns the write that refuses the sessions issued up to a moment, under the condition that the item is
     * unchanged.
     */
    public static Write put(Revocable about, Instant before, Condition asItWas) {
        return switch (about) {
            case Revocable.OfSubject subject -> Write.put(key(about), text(before), asItWas);
            case Revocable.OfRole role -> ending(about, before, asItWas);
            case Revocable.OfProvider provider -> ending(about, before, asItWas);
            case Revocable.OfAccessKey key -> ending(about, before, asItWas);
            case Revocable.OfSession session -> ending(about, before, asItWas);
        };
    }

    private static Write ending(Revocable about, Instant before, Condition asItWas) {
        return Write.put(key(about), text(before), expiresAt(before), asItWas);
    }

    /** The moment at which no session is left that the revocation could refuse. */
    static Instant expiresAt(Instant before) {
        return before.plus(Role.MAX_SESSION);
    }

    /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as a revocation */
    public static Instant read(Item item) throws InvalidDocumentException {
        Members members = Members.of(Values.parse(item.payload()));
        Instant before = ItemFields.instant(members, "revokedBefore");
        members.done();
        return before;
    }

    /** What a revocation is about: the role of sessions, their founder, the user that they act for, or one session. */
    public sealed interface Revocable {
        /** Identifies it in the table among those of all kinds; at most 110 characters. */
        default String key() {
            return ReusedText.string(keyWriter());
        }

        /** What appends {@link #key()} to a text. */
        Consumer<StringBuilder> keyWriter();

        /** @param roleId never reused, so that no later role inherits a revocation */
        record OfRole(String roleId) implements Revocable {
            @Override
            public Consumer<StringBuilder> keyWriter() {
                return text -> text.append("role/").append(roleId);
            }
        }

        /** The party that vouched for the holder of a session when it was made. */
        sealed interface Founder extends Revocable {}

        /** The identity provider that issued the token. */
        record OfProvider(String accountId, String name) implements Founder {
            @Override
            public Consumer<StringBuilder> keyWriter() {
                return text ->
                        text.append("provider/").append(accountId).append('/').append(name);
            }
        }

        /** The access key that signed AssumeRole. */
        record OfAccessKey(String id) implements Founder {
            @Override
            public Consumer<StringBuilder> keyWriter() {
                return text -> text.append("key/").append(id);
            }
        }

        /**
         * A user of an identity provider. Unlike the others it also refuses the provider's tokens.
         *
         * @param subject the {@code sub} of the tokens, as {@link IdSyntax#isSubject} allows it
         */
        record OfSubject(OfProvider provider, String subject) implements Revocable {
            @Override
            public Consumer<StringBuilder> keyWriter() {
                Consumer<StringBuilder> digest = digestWriter();
                return text -> digest.accept(text.append("subject/"));
            }

            /**
             * The SHA-256 of provider and subject in 64 hex digits: a subject may be too long for a key, and is not for
             * every reader of keys. Neither the account nor the provider's name has a slash, so two pairs never have one
             * text.
             */
            public String digest() {
                return ReusedText.string(digestWriter());
            }

            private Consumer<StringBuilder> digestWriter() {
                byte[] digest = Hmac.Digests.sha256(of -> of.append(provider.accountId())
                        .append('/')
                        .append(provider.name())
                        .append('/')
                        .append(subject));
                return text -> Hmac.Digests.appendHex(digest, text);
            }
        }

        /** @param id of a session, unique for each; as {@link IdSyntax#isSessionId} allows it */
        record OfSession(String id) implements Revocable {
            @Override
            public Consumer<StringBuilder> keyWriter() {
                return text -> text.append("session/").append(id);
            }
        }
    }
}
