package io.countersign.gateway.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Writes in front of S3 whose answer is a document. */
enum S3Write {
    COPY("PUT", "/s3private/to.txt", "CopyObjectResult"),
    COPY_OF_A_PART("PUT", "/s3private/to.txt?partNumber=1&uploadId=u", "CopyPartResult"),
    COMPLETION("POST", "/s3private/to.txt?uploadId=u", "CompleteMultipartUploadResult");

    /** The body of a completion. */
    static final String PARTS =
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"p\"</ETag></Part></CompleteMultipartUpload>";

    final String method;
    final String target;
    /** The root of the document. */
    final String root;

    S3Write(String method, String target, String root) {
        this.method = method;
        this.target = target;
        this.root = root;
    }

    /**
     * Sends it, and returns the answer.
     *
     * @param more headers; a copy without a source gets one
     */
    String send(Client client, Map<String, String> more) throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        if (this != COMPLETION) {
            headers.putIfAbsent("x-oss-copy-source", "/s3private/from%20it.txt");
        }
        return client.send(method, target, headers, this == COMPLETION ? PARTS : "");
    }

    /** The document of a store that has done it. */
    String document() {
        return "<" + root
                + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LastModified>2026-11-29T14:36:08Z</LastModified>"
                + "<ETag>&quot;a-1&quot;</ETag></" + root + ">";
    }
}
