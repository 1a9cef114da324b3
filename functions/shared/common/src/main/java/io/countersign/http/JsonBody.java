package io.countersign.http;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;

/** The JSON body of a call. Every endpoint checks the size of the body first, with {@link RequestLimits#check}. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * The members of the body, which must be an object.
     *
     * @throws ProblemException 415 for another content type, 400 {@code InvalidJson} when it is not one strict JSON object
     */
    public static Members members(Call call) throws ProblemException {
        ContentType.requireJson(call);
        try {
            return object(call.body().json());
        } catch (InvalidDocumentException e) {
            throw new ProblemException(invalidJson(e));
        }
    }

    private static Members object(Value body) throws ProblemException {
        try {
            return Members.of(body);
        } catch (InvalidDocumentException e) {
            throw new ProblemException(invalidJson(e));
        }
    }

    private static ProblemException.Problem invalidJson(InvalidDocumentException e) {
        return problem("InvalidJson", "The body is not one JSON object", e);
    }

    /** Reads a value from the members of a body. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Members members) throws InvalidDocumentException;
    }

    /**
     * Reads a value from the body. Members that the reader does not read are refused.
     *
     * @throws ProblemException as {@link #members} does, and 400 {@code InvalidMember} when the reader refuses a member
     */
    public static <T> T read(Call call, Reader<T> reader) throws ProblemException {
        return read(members(call), reader);
    }

    /**
     * Reads a body that was parsed already, as {@link #read(Call, Reader)} does.
     *
     * @throws ProblemException 400 {@code InvalidJson} when it is not an object, 400 {@code InvalidMember} for a member that the reader refuses or leaves unread
     */
    public static <T> T read(Value body, Reader<T> reader) throws ProblemException {
        return read(object(body), reader);
    }

    private static <T> T read(Members members, Reader<T> reader) throws ProblemException {
        try {
            T result = reader.read(members);
            members.done();
            return result;
        } catch (InvalidDocumentException e) {
            throw new ProblemException(invalidMember(e));
        }
    }

    /** The refusal 400 {@code InvalidMember} of a member that is missing, unknown or invalid; the detail names its location. */
    public static ProblemException.Problem invalidMember(InvalidDocumentException e) {
        return problem("InvalidMember", "A member of the body is not valid", e);
    }

    private static ProblemException.Problem problem(String code, String title, InvalidDocumentException e) {
        return new ProblemException.Problem(400, code, title, e.location() + ": " + e.problem() + ".");
    }
}
