package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.json.InvalidDocumentException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalid policy is refused with the place of the mistake and the expected value. */
class PolicyRefusalTest {
    private static final String GOOD = "'Effect':'Allow','Action':'oss:GetObject','Resource':'acs:oss:*:*:b/*'";

    private static void assertRefused(PolicyDocument.Kind kind, String document, String path, String advice) {
        InvalidDocumentException refusal =
                catchThrowableOfType(InvalidDocumentException.class, () -> Documents.parse(kind, document));
        assertThat(refusal).as(document).isNotNull();
        assertThat(refusal.location().path()).as(refusal.getMessage()).isEqualTo(path);
        assertThat(refusal.problem()).contains(advice);
    }

    private static String document(String statement) {
        return "{'Version':'1','Statement':[{" + statement + "}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                            | ~~ | an object",
                "{'Statement':[]}                              | ~~ | Version",
                "{'Version':'1'}                               | ~~ | Statement",
                "{'Version':1,'Statement':[]}                  | Version | quotes",
                "{'Version':'2012-10-17','Statement':[]}       | Version | the version is \"1\"",
                "{'Version':'1 ','Statement':[]}               | Version | the version is \"1\"",
                "{'Version':'1','Statement':{}}                | Statement | an array",
                "{'Version':'1','Statement':[]}                | Statement | 1 to 2000",
                "{'Version':'1','Statement':['x']}             | Statement[0] | an object",
                "{'Version':'1','Id':'x','Statement':[{}]}     | Id | not known",
                "{'version':'1','Statement':[]}                | ~~ | Version",
            })
    void documentsThatAreNotPoliciesAreRefused(String document, String path, String advice) {
        assertRefused(PolicyDocument.Kind.IDENTITY, document, path, advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'Action':'*','Resource':'*'                                    | ~~ | Effect",
                "'Effect':'allow','Action':'*','Resource':'*'                   | .Effect | \"Allow\"",
                "'Effect':true,'Action':'*','Resource':'*'                      | .Effect | quotes",
                "'Effect':'Allow','Resource':'*'                                | ~~ | either \"Action\"",
                "'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'   | ~~ | either \"Action\"",
                "'Effect':'Allow','Action':'*'                                  | ~~ | either \"Resource\"",
                "'Effect':'Allow','Action':'*','Resource':'*','NotResource':'*' | ~~ | either \"Resource\"",
                "'Effect':'Allow','Action':[],'Resource':'*'                    | .Action | empty",
                "'Effect':'Allow','Action':['oss:*',7],'Resource':'*'           | .Action[1] | quotes",
                "'Effect':'Allow','Action':{},'Resource':'*'                    | .Action | a string",
                "'Effect':'Allow','Action':null,'Resource':'*'                  | .Action | a string",
                "'Effect':'Allow','Action':'','Resource':'*'                    | .Action | not an action",
                "'Effect':'Allow','Action':'GetObject','Resource':'*'           | .Action | not an action",
                "'Effect':'Allow','Action':'s3:GetObject','Resource':'*'        | .Action | not an action",
                "'Effect':'Allow','Action':':GetObject','Resource':'*'          | .Action | not an action",
                "'Effect':'Allow','Action':'acs:oss:GetObject','Resource':'*'   | .Action | not an action",
                "'Effect':'Allow','Action':'oss:','Resource':'*'                | .Action | not an action",
                "'Effect':'Allow','Action':'oss:Get Object','Resource':'*'      | .Action | not an action",
                "'Effect':'Allow','Action':'o*','Resource':'*'                  | .Action | not an action",
                "'Effect':'Allow','Action':'o\u017fs:*','Resource':'*'              | .Action | not an action",
                "'Effect':'Allow','Action':'oss:GetBuc\u212aet','Resource':'*'      | .Action | not an action",
                "'Effect':'Allow','Action':'oss:Get/','Resource':'*'            | .Action | not an action",
                "'Effect':'Allow','Action':'oss:Get:','Resource':'*'            | .Action | not an action",
                "'Effect':'Allow','Action':'oss:Get`','Resource':'*'            | .Action | not an action",
                "'Effect':'Allow','Action':'oss:Get{','Resource':'*'            | .Action | not an action",
                "'Effect':'Allow','NotAction':['oss:${jwt:a}'],'Resource':'*'   | .NotAction[0] | variables",
                "'Effect':'Allow','Action':'*','Resource':[]                    | .Resource | empty",
                "'Effect':'Allow','Action':'*','Resource':[['*']]               | .Resource[0] | a string",
                "'Effect':'Allow','Action':'*','Resource':''                    | .Resource | not a resource",
                "'Effect':'Allow','Action':'*','Resource':'b/*'                 | .Resource | not a resource",
                "'Effect':'Allow','Action':'*','Resource':'arn:oss:*:*:b'       | .Resource | not a resource",
                "'Effect':'Allow','Action':'*','Resource':'acs:oss:*:b/*'       | .Resource | not a resource",
                "'Effect':'Deny','Action':'oss:*','Resource':'acs:ecs:*:*:b/*'  | .Resource | never applies",
                "'Effect':'Deny','Action':'oss:*','Resource':'acs:osss:*:*:b'   | .Resource | never applies",
                "'Effect':'Deny','Action':'ecs:*','Resource':'acs:vpc:*:*:b'    | .Resource | never applies",
                "'Effect':'Allow','Action':'*','Resource':'acs:OSS:*:*:b'       | .Resource | oss in lower case",
                "'Effect':'Allow','Action':'*','Resource':'acs::*:*:b'          | .Resource | oss in lower case",
                "'Effect':'Allow','Action':'*','NotResource':['*','acs:oss::1:b']     | .NotResource[1] | region",
                "'Effect':'Allow','Action':'*','Resource':'acs:oss:CN:1:b'      | .Resource | region",
                "'Effect':'Allow','Action':'*','Resource':'acs:oss:cn\\u0000:1:b' | .Resource | region",
                "'Effect':'Allow','Action':'*','Resource':'acs:oss:*::b'        | .Resource | owner",
                "'Effect':'Allow','Action':'*','Resource':'acs:oss:*:me:b'      | .Resource | owner",
                "'Effect':'Allow','Action':'*','Resource':'acs:oss:*:*:'        | .Resource | path",
                "'Effect':'Allow','Action':'*','Resource':'acs:oss:*:*:/b/k'    | .Resource | slash",
                "'Effect':'Allow','Action':'*','Resource':'*','Sid':'x'         | .Sid | not known",
                "'Effect':'Allow','Action':'*','Resource':'*','Principal':'*'   | .Principal | names no principal",
                "'Effect':'Allow','Action':'*','Resource':'*','NotPrincipal':'*' | .NotPrincipal | not known",
            })
    void statementsThatSayTooLittleOrTooMuchAreRefused(String statement, String path, String advice) {
        assertRefused(PolicyDocument.Kind.IDENTITY, document(statement), "Statement[0]" + path, advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                                  | ~~ | an object",
                "{'StringIs':{'oss:Prefix':'a'}}                     | .StringIs | operator is not known",
                "{'stringEquals':{'oss:Prefix':'a'}}                 | .stringEquals | operator is not known",
                "{'StringEquals':{}}                                 | .StringEquals | 1 to 50",
                "{'StringEquals':[]}                                 | .StringEquals | an object",
                "{'StringEquals':{'oss:Prefix':[]}}                  | .StringEquals.oss:Prefix | empty",
                "{'StringEquals':{'oss:Prefix':true}}                | .StringEquals.oss:Prefix | quotes",
                "{'StringEquals':{'oss:Prefix':['a',null]}}          | .StringEquals.oss:Prefix[1] | a string",
                "{'StringEquals':{'oss:prefix':'a'}}                 | .StringEquals.oss:prefix | write oss:Prefix",
                "{'StringEquals':{'acs:sourcevpc':'a'}}              | .StringEquals.acs:sourcevpc | write acs:SourceVpc",
                "{'StringEquals':{'aws:Referer':'a'}}                | .StringEquals.aws:Referer | not known here",
                "{'StringEquals':{'oidc:sub':'a'}}                   | .StringEquals.oidc:sub | not known here",
                "{'StringEquals':{'oss:BucketTag/':'a'}}             | .StringEquals.oss:BucketTag/ | not known here",
                "{'StringEquals':{'oss:BucketTag/${jwt:a}':'a'}}     | .StringEquals.oss:BucketTag/${jwt:a} | not known here",
                "{'StringEquals':{'acs:SourceIp':'192.0.2.1'}}       | .StringEquals.acs:SourceIp | IpAddress and NotIpAddress",
                "{'IpAddress':{'oss:Prefix':'192.0.2.1'}}            | .IpAddress.oss:Prefix | the String operators",
                "{'NumericEquals':{'oss:Prefix':'1'}}                | .NumericEquals.oss:Prefix | the String operators",
                "{'DateEquals':{'oss:Prefix':'2026-11-22T02:00:00Z'}} | .DateEquals.oss:Prefix | the String operators",
                "{'Bool':{'oss:BucketTag/n':'true'}}                 | .Bool.oss:BucketTag/n | the String, Numeric and Date operators",
                "{'IpAddress':{'oss:BucketTag/n':'192.0.2.1'}}       | .IpAddress.oss:BucketTag/n | the String, Numeric and Date operators",
                "{'NumericEquals':{'acs:CurrentTime':'1'}}           | .NumericEquals.acs:CurrentTime | the Date operators",
                "{'StringEquals':{'acs:SecureTransport':'true'}}     | .StringEquals.acs:SecureTransport | use Bool",
                "{'StringEquals':{'acs:CurrentTime':'a'}}            | .StringEquals.acs:CurrentTime | the Date operators",
                "{'IpAddress':{'acs:SourceIp':'192.0.2.1/24'}}       | .IpAddress.acs:SourceIp | CIDR",
                "{'IpAddress':{'acs:SourceIp':['192.0.2.1','*']}}    | .IpAddress.acs:SourceIp[1] | CIDR",
                "{'Bool':{'acs:SecureTransport':'yes'}}              | .Bool.acs:SecureTransport | true or false",
                "{'Bool':{'acs:SecureTransport':{}}}                 | .Bool.acs:SecureTransport | a string",
                "{'NumericEquals':{'oss:BucketTag/n':'1e9'}}         | .NumericEquals.oss:BucketTag/n | decimal number",
                "{'DateLessThan':{'acs:CurrentTime':'2026-11-22'}}   | .DateLessThan.acs:CurrentTime | ISO 8601",
                "{'DateLessThan':{'acs:CurrentTime':'2026-11-22T02:00:00'}} | .DateLessThan.acs:CurrentTime | offset",
                "{'StringLike':{'oss:Prefix':'${jwt:sub}/*'}}        | .StringLike.oss:Prefix | variables",
            })
    void conditionsThatCouldNeverHoldAreRefused(String condition, String path, String advice) {
        String document = document(GOOD + ",'Condition':" + condition);
        assertRefused(PolicyDocument.Kind.IDENTITY, document, "Statement[0].Condition" + path, advice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${",
                "${jwt:sub",
                "${jwt:}",
                "${sub}",
                "${jwt:a b}",
                "${jwt:a${jwt:b}}",
                "${JWT:sub}",
                "${jwt:é}",
                "${jwt:@}",
                "${jwt:[}",
                "${jwt:`}",
                "${jwt:|}",
                "${oss:Prefix}",
            })
    void variablesThatAreNotClaimsAreRefused(String variable) {
        assertRefused(
                PolicyDocument.Kind.ROLE,
                document("'Effect':'Allow','Action':'*','Resource':'acs:oss:*:*:b/" + variable + "'"),
                "Statement[0].Resource",
                "${jwt:claim}");
    }

    @Test
    void acceptsVariablesOnlyInRolePolicies() {
        String resource = "'Effect':'Allow','Action':'*','Resource':'acs:oss:*:*:b/${jwt:sub}'";
        for (PolicyDocument.Kind kind :
                new PolicyDocument.Kind[] {PolicyDocument.Kind.IDENTITY, PolicyDocument.Kind.SESSION}) {
            assertRefused(kind, document(resource), "Statement[0].Resource", "role policies");
        }
        assertRefused(
                PolicyDocument.Kind.BUCKET,
                document(resource + ",'Principal':'*'"),
                "Statement[0].Resource",
                "role policies");
    }

    @Test
    void acceptsVariablesOnlyInText() {
        String condition = GOOD + ",'Condition':{'IpAddress':{'acs:SourceIp':'${jwt:ip}'}}";
        assertRefused(
                PolicyDocument.Kind.ROLE,
                document(condition),
                "Statement[0].Condition.IpAddress.acs:SourceIp",
                "variables");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'RAM':['acs:ram::1:root']}       | ~~ | for trust policies",
                "'[]'                              | ~~ | not a list of strings",
                "'[1'                              | ~~ | not a list of strings",
                "'[[1]]'                           | ~~ | not a list of strings",
                "'[{}]'                            | ~~ | not a list of strings",
                "12345                             | ~~ | quotes",
                "['*','me']                        | [1] | not a principal",
                "''                                | ~~ | not a principal",
                "'1*'                              | ~~ | not a principal",
                "'acs:ram::*:root'                 | ~~ | not a principal",
                "'acs:ram::1:group/a'              | ~~ | not a principal",
                "'acs:ram::1:user/'                | ~~ | not a principal",
                "'acs:ram::1:role/a/b'             | ~~ | not a principal",
                "'acs:sts::1:assumed-role/a/b'     | ~~ | not a principal",
                "'arn:sts::1:assumed-role/a'       | ~~ | not a principal",
                "'arn:sts::1:role/a/b'             | ~~ | not a principal",
                "'acs:ram::1:user/${jwt:sub}'      | ~~ | variables",
            })
    void principalsOfBucketPoliciesAreWrittenOneWay(String principal, String path, String advice) {
        String document = document(GOOD + ",'Principal':" + principal);
        assertRefused(PolicyDocument.Kind.BUCKET, document, "Statement[0].Principal" + path, advice);
    }

    @Test
    void requiresAPrincipalAndOnlyOssInBucketPolicies() {
        assertRefused(PolicyDocument.Kind.BUCKET, document(GOOD), "Statement[0]", "Principal");
        assertRefused(
                PolicyDocument.Kind.BUCKET,
                document("'Effect':'Allow','Action':'sts:AssumeRole','Resource':'*','Principal':'*'"),
                "Statement[0].Action",
                "not an action");
        assertRefused(
                PolicyDocument.Kind.BUCKET,
                document("'Effect':'Allow','Action':'*','Resource':'acs:ram::1:role/x','Principal':'*'"),
                "Statement[0].Resource",
                "another service");
    }

    @Test
    void sizesAreBounded() {
        String statement = "{" + GOOD + "}";
        assertRefused(
                PolicyDocument.Kind.IDENTITY,
                "{'Version':'1','Statement':[" + String.join(",", Collections.nCopies(2_001, statement)) + "]}",
                "Statement",
                "1 to 2000");
        assertRefused(
                PolicyDocument.Kind.IDENTITY,
                document("'Effect':'Allow','Resource':'*','Action':["
                        + String.join(",", Collections.nCopies(501, "'oss:*'")) + "]"),
                "Statement[0].Action",
                "500");
        assertRefused(
                PolicyDocument.Kind.IDENTITY,
                document("'Effect':'Allow','Action':'*','Resource':'acs:oss:*:*:b/" + "k".repeat(1_280) + "'"),
                "Statement[0].Resource",
                "1280");
        assertRefused(
                PolicyDocument.Kind.IDENTITY,
                document("'Effect':'Allow','Action':'*','Resource':'acs:oss:*:*:b/" + "*k".repeat(15) + "'"),
                "Statement[0].Resource",
                "16");
        String long500 = "'acs:oss:*:*:b/" + "k".repeat(1_200) + "'";
        assertRefused(
                PolicyDocument.Kind.IDENTITY,
                document("'Effect':'Allow','Action':'*','Resource':["
                        + String.join(",", Collections.nCopies(500, long500)) + "]"),
                "",
                "at most");
    }

    @Test
    void aRefusalNeverRepeatsAValue() {
        InvalidDocumentException refusal = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> Documents.parse(
                        PolicyDocument.Kind.IDENTITY, document("'Effect':'Allow','Action':'hunter2','Resource':'*'")));
        assertThat(refusal).hasMessageNotContaining("hunter2");
    }
}
