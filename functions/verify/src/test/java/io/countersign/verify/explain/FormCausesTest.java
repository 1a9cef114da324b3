package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.HttpMethod;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.decide.AbstractVerifierTest;
import io.countersign.verify.decide.ByHand;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SubmittedForm;
import io.countersign.verify.decide.SubmittedForm.Field;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The causes of a refused form speak of the form, and not of headers and URLs. */
class FormCausesTest extends AbstractVerifierTest {
    private static final String POLICY =
            "eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yMlQwNDowMDowMC4wMDBaIiwiY29uZGl0aW9ucyI6W3siYnVja2V0IjoicHJpdmF0ZS1idWNrZXQifV19";
    private static final String V1 = "OSSAccessKeyId=LTAI5tOurUser,policy=" + POLICY + ",Signature=x";
    private static final String V4 = "x-oss-signature-version=OSS4-HMAC-SHA256,x-oss-credential=LTAI5tOurUser/"
            + ByHand.SCOPE + ",x-oss-date=" + ByHand.ISO + ",policy=" + POLICY + ",x-oss-signature=x";

    private Explained.Cause cause(String fields) throws StoreUnavailable {
        List<Field> form = new ArrayList<>(List.of(new Field("key", "team/a")));
        for (String field : fields.split(",")) {
            String[] pair = field.split("=", 2);
            if (form.stream().noneMatch(known -> known.name().equals(pair[0])) && pair.length == 2) {
                form.add(new Field(pair[0], pair[1]));
            }
        }
        VerifyRequest request = VerifyRequests.posting(
                ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .anonymous(),
                new SubmittedForm(form, OptionalLong.of(10)));
        ExplainedAnswer answer = ExplainedAnswer.of(verifier, request);
        assertThat(answer.allowed()).isFalse();
        return answer.explained().cause().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V1,V4 | FormOfTwoVersions | of V1 (OSSAccessKeyId, Signature) and of V4",
                "V4,V1 | FormOfTwoVersions | only those of one version",
                "none | FormNotSigned | The form is not signed",
                "x-oss-date=yesterday,V4 | FormDate | x-oss-date of the form",
                "OSSAccessKeyId=STS.none,V1 | TokenMissing | in a form as the field x-oss-security-token",
                "OSSAccessKeyId=LTAI5tNobody,V1 | UnknownAccessKey | LTAI5tNobody",
                "policy=%,V1 | FormPolicyDocument | Base64",
                "x-oss-credential=x,V4 | Credential | ",
                "x-oss-signature-version=1,V4 | FormSignature | x-oss-signature-version",
                "Signature=,V1 | FormSignature | The signature field of the form is empty",
                "AWSAccessKeyId=a | InvalidArgument | Amazon S3"
            })
    void theCauseSpeaksOfTheForm(String fields, String code, String words) throws StoreUnavailable {
        Explained.Cause cause = cause(fields.replace("V1", V1).replace("V4", V4));
        assertThat(cause.code()).as(cause.sentence()).isEqualTo(code);
        assertThat(cause.sentence())
                .contains(words == null ? "" : words)
                .doesNotContain("Authorization", "presigned", "URL's");
    }
}
