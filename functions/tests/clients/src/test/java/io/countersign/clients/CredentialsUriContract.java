package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.storage.ClientKind;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import io.countersign.gateway.storage.StorageClient;
import org.junit.jupiter.api.Test;

/** Clients that fetch a session from a credentials URI, which is {@code /token} with the user's token in it: they send no headers. */
abstract class CredentialsUriContract {
    abstract ClientStorage guarded();

    /** The client's session from the URI. Its exceptions pass through. */
    abstract Login login(String uri);

    /** The message of the client's exception. */
    abstract String refusal(String uri);

    @Test
    void aSessionThatIsFetchedThereWorks() {
        Login session = login(Phone.of(guarded(), "erin").tokenUrlWithToken(900));
        assertThat(session.id()).startsWith("STS.");
        try (StorageClient client =
                ClientKind.values()[0].client(guarded().storage.endpoint(), session)) {
            client.put(GuardedStorageManifest.PRIVATE, "users/erin/uri.txt", "hello");
            assertThat(client.get(GuardedStorageManifest.PRIVATE, "users/erin/uri.txt"))
                    .isEqualTo("hello");
            SessionContract.refused(
                    "AccessDenied", () -> client.get(GuardedStorageManifest.PRIVATE, "users/carol/a.txt"));
        }
    }

    @Test
    void aRefusalIsNeverTakenForASession() {
        String uri = Phone.of(guarded(), "erin").tokenUrlWithToken(900);
        assertThat(refusal(uri + "x")).contains(refusedWith("InvalidToken"));
        assertThat(refusal(uri.replace("=900", "=43200"))).contains(refusedWith("InvalidDuration"));
    }

    /** A part of the client's message when {@code /token} refused with that code. */
    String refusedWith(String code) {
        return code;
    }
}
