package io.countersign.identity.delegation;

import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;

/** The rule for keys of what is signed: no {@code .} or {@code ..} segment, which a client or a file server would fold into another key than was judged. */
final class KeyRule {
    private KeyRule() {}

    static void check(Iterable<Right> rights) throws SigningRefusal {
        for (Right right : rights) {
            switch (right.scope()) {
                case Target.ObjectKey object -> check(object.key());
                case Target.Service service -> {}
                case Target.Bucket bucket -> {}
                case Scope.ObjectPrefix prefix -> check(prefix.prefix());
                case Scope.AccountObjects objects ->
                    throw new SigningRefusal(
                            SigningError.NOT_SIGNABLE,
                            "A process in the body may save anywhere, so it is not signed; send it as the parameter's value.");
            }
        }
    }

    private static void check(String key) throws SigningRefusal {
        for (String segment : key.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new SigningRefusal(
                        SigningError.KEY_NOT_SIGNABLE,
                        "A key with a \".\" or \"..\" segment is not signed; choose another key.");
            }
        }
        if (!Texts.isWellFormed(key)) {
            throw new SigningRefusal(
                    SigningError.INVALID_ARGUMENT,
                    "A key is not well-formed Unicode; send text that has a UTF-8 form.");
        }
    }
}
