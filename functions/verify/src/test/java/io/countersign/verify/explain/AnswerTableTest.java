package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.OssError;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of what servers answer: each row has a whole sentence and an official page, and all that the service is known to answer is in it. */
class AnswerTableTest {
    private static final Map<String, String> ALL_TOLD = Map.of();

    static List<AnswerRow> rows() {
        return AnswerTable.KNOWN.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowIsASentenceWithWhatToDoNext(AnswerRow row) {
        for (String sentence : List.of(
                row.sentence().fill(name -> Optional.empty()), row.sentence().fill(name -> Optional.of("X")))) {
            assertThat(sentence).matches("(?s)[A-Zx].*[^ ][.]").doesNotContain("[", "]", "{", "}", "  ");
        }
        assertThat(row.cause()).matches("[A-Z][A-Za-z0-9]+");
        row.ecs().forEach(ec -> assertThat(ec).matches("[0-9]{4}-[0-9]{8}"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowThatNamesNoEcHasAPage(AnswerRow row) {
        boolean answers = !row.answers().isEmpty() || row.denial().isPresent();
        assertThat(row.page().isPresent()).as(row.toString()).isEqualTo(answers);
        row.page()
                .map(page -> URI.create(page).getHost())
                .ifPresent(host -> assertThat(host).isIn("help.aliyun.com", "www.alibabacloud.com"));
    }

    @ParameterizedTest
    @EnumSource
    void hasARowForEveryErrorOfThisServer(OssError error) {
        ServerError said = new ServerError(error.code(), Optional.of(error.ec()), error.message(), ALL_TOLD);
        if (!error.ec().isEmpty()) {
            assertThat(AnswerTable.KNOWN.byEc(said)).as(error.name()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AbnormalBucketOwnerStatus",
                "AccessForbidden",
                "AccessKeyIdAndSecurityTokenNotMatch",
                "BucketDisable",
                "BucketNotBelongTo",
                "CnameDenied",
                "ImageDamage",
                "InDebt",
                "InDebtOverdue",
                "InvalidAccessKeyId",
                "InvalidObjectState",
                "InvalidSecurityToken",
                "KmsInDebt",
                "KmsInDebtOverdue",
                "KmsUbsmsInvalidBid",
                "NonStandardHostForbidden",
                "PermanentRedirect",
                "RequestTimeTooSkewed",
                "SecondLevelDomainForbidden",
                "SecurityTokenExpired",
                "SecurityTokenNotSupported",
                "SignatureDoesNotMatch",
                "TransferAccelerationDisabled",
                "UbsmsInvalidBid",
                "UserDisable",
                "WORMConfigurationLocked"
            })
    void everyCodeOfTheOfficial403PageIsKnown(String code) {
        assertThat(AnswerTable.KNOWN.byCode(new ServerError(code, Optional.empty(), "", ALL_TOLD)))
                .isPresent();
    }

    /** The messages of AccessDenied on the official pages for 403: each has a sentence of its own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
                "This request is forbidden by kms.",
                "You have no right to access this object.",
                "Anonymous user has no right to access this bucket.",
                "Anonymous user has no right to access this object.",
                "You are denied by bucket referer policy.",
                "Invalid according to Policy: Policy expired.",
                "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$key\", \"a\"]",
                "Target object does not reside in the same data center as source object.",
                "Query string authentication requires the Signature, Expires and OSSAccessKeyId parameters.",
                "Query-string authentication requires the Signature, Expires and OSSAccessKeyId parameters",
                "Invalid date (should be seconds since epoch).",
                "Request has expired.",
                "You do not have read permission on this object.",
                "You do not have write permission on this object.",
                "You do not have read acl permission on this object.",
                "You do not have write acl permission on this object.",
                "You have no right to access this object because of bucket acl.",
                "Anonymous access is forbidden for this operation.",
                "Access denied by bucket policy.",
                "Access denied by VPC endpoint policy.",
                "Access denied by authorizer's policy.",
                "You are forbidden to list buckets.",
                "The bucket you access does not belong to you.",
                "OSS authentication requires a valid Date.",
                "Access denied for requester pay bucket",
                "Put public object acl is not allowed",
                "Put public bucket acl is not allowed"
            })
    void everyMessageOfAccessDeniedIsKnown(String message) {
        Optional<AnswerRow> row =
                AnswerTable.KNOWN.byCode(new ServerError("AccessDenied", Optional.empty(), message, ALL_TOLD));
        assertThat(row.map(AnswerRow::cause)).isPresent().isNotEqualTo(Optional.of("AccessDenied"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ControlPolicy",
                "SessionPolicy",
                "AssumeRolePolicy",
                "AccountLevelIdentityBasedPolicy",
                "ResourceGroupLevelIdentityBasedPolicy",
                "ResourceBasedPolicy",
                "SomePolicyOfTomorrow",
                ""
            })
    void everyDenialIsKnownInBothKinds(String policyType) {
        for (String kind : List.of("ExplicitDeny", "ImplicitDeny")) {
            ServerError error = new ServerError(
                    "AccessDenied",
                    Optional.empty(),
                    "m",
                    Map.of(
                            "PolicyType",
                            policyType,
                            "NoPermissionType",
                            kind,
                            "AuthAction",
                            "oss:GetObject",
                            "AuthPrincipalType",
                            "SubUser"));
            Explained.Cause cause = AnswerCauses.of(error, Optional.empty());
            assertThat(cause.sentence())
                    .contains("The RAM user was refused oss:GetObject")
                    .contains(kind.equals("ExplicitDeny") ? "explicit Deny" : "since ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NotSigned",
                "FormNotSigned",
                "TwoSignatures",
                "FormOfTwoVersions",
                "FormDate",
                "TokenMissing",
                "TokenText"
            })
    void hasOneSentenceForACauseFoundInTheRequest(String name) {
        assertThat(AnswerTable.KNOWN.named(name).code()).isEqualTo(name);
    }

    @Test
    void twoRowsAreNeverAboutOneEc() {
        AnswerRow row = AnswerTable.KNOWN.rows().getFirst();
        assertThatThrownBy(() -> new AnswerTable(List.of(row, row))).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0003-0000080", "x", "0003-00000801&a=b", "<script>", ""})
    void ignoresAnInvalidEc(String ec) {
        ServerError error = new ServerError("UserDisable", Optional.of(ec), "", ALL_TOLD);
        assertThat(error.ec()).isEmpty();
        assertThat(AnswerCauses.of(error, Optional.empty()).page().orElseThrow())
                .doesNotContain("api.aliyun.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a {b} c", "[a", "a]", "[a b]", "{a", "[[{a}]]", "[{a]}"})
    void aTemplateThatMightLeaveAHoleIsRefused(String text) {
        assertThatThrownBy(() -> new AnswerRow.Template(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
