package io.countersign.gateway.console;

import io.countersign.http.Call;
import io.countersign.http.Face;
import io.countersign.http.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Lets nobody at the console but who asks from this machine. */
record ConsoleGuard(boolean loopback) {
    /** The face, behind the guard. */
    Face before(Face face) {
        return (call, now) -> {
            Optional<Problem> refusal = refusal(call);
            return refusal.isPresent() ? refusal.get().reply() : face.handle(call, now);
        };
    }

    /** Why the call goes no further; its body has no say. */
    Optional<Problem> refusal(Call call) {
        return loopback && isLocal(call.peer())
                ? Optional.empty()
                : Optional.of(new Problem(
                        403,
                        "LoopbackOnly",
                        "The console is for this machine alone",
                        "Open it on the machine that the gateway runs on, with the private faces on loopback."));
    }

    /** The peer is a literal address, so nothing is looked up. */
    private static boolean isLocal(String peer) {
        try {
            return InetAddress.getByName(peer).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
