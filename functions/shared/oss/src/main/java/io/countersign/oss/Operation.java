package io.countersign.oss;

import static io.countersign.oss.Acl.Access.NONE;
import static io.countersign.oss.Acl.Access.READ;
import static io.countersign.oss.Acl.Access.WRITE;
import static io.countersign.oss.HttpMethod.DELETE;
import static io.countersign.oss.HttpMethod.GET;
import static io.countersign.oss.HttpMethod.HEAD;
import static io.countersign.oss.HttpMethod.OPTIONS;
import static io.countersign.oss.HttpMethod.POST;
import static io.countersign.oss.HttpMethod.PUT;
import static io.countersign.oss.Operation.Level.BUCKET;
import static io.countersign.oss.Operation.Level.OBJECT;
import static io.countersign.oss.Operation.Level.SERVICE;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operations of OSS. Each row has the selectors of the operation and the RAM action that it needs. Selectors are
 * sub-resources of the query and a few other things that distinguish operations of the same method; {@link Selectors}
 * reads them. Actions are those of the official table (docs/protocol.md 9; help.aliyun.com, "RAM Policy", OSS
 * actions). Where the table has only the API's name, the action is {@code oss:} and that name; a comment marks rows
 * for which no page gives more.
 *
 * <p>The file is long because it is one table.
 */
public enum Operation {
    LIST_BUCKETS(SERVICE, "ListBuckets", "", GET),
    DESCRIBE_REGIONS(SERVICE, "DescribeRegions", "regions", GET),
    GET_PUBLIC_ACCESS_BLOCK(SERVICE, "GetPublicAccessBlock", "publicAccessBlock", GET),
    PUT_PUBLIC_ACCESS_BLOCK(SERVICE, "PutPublicAccessBlock", "publicAccessBlock", PUT),
    DELETE_PUBLIC_ACCESS_BLOCK(SERVICE, "DeletePublicAccessBlock", "publicAccessBlock", DELETE),
    LIST_USER_DATA_REDUNDANCY_TRANSITION(SERVICE, "ListUserDataRedundancyTransition", "redundancyTransition", GET),
    LIST_USER_ACCESS_POINTS(SERVICE, "ListAccessPoints", "ListAccessPoints", NONE, "accessPoint", GET),
    LIST_ACCESS_POINTS_FOR_OBJECT_PROCESS(
            SERVICE, "ListAccessPointsForObjectProcess", "accessPointForObjectProcess", GET),
    WRITE_GET_OBJECT_RESPONSE(SERVICE, "WriteGetObjectResponse", "x-oss-write-get-object-response", POST),
    /** No page names the action of this operation, nor that of GetUserQosInfo. */
    LIST_CLOUD_BOXES(SERVICE, "ListCloudBoxes", "cloudboxes", GET),
    GET_USER_QOS_INFO(SERVICE, "GetUserQosInfo", "qosInfo", GET),
    /**
     * The only POST to the service without a sub-resource, so its parameters {@code dataPipeline} and {@code action}
     * select nothing either. The pages of its actions name no RAM action.
     */
    DO_DATA_PIPE_LINE_ACTION(SERVICE, "DoDataPipeLineAction", "", POST),
    LIST_RESOURCE_POOLS(SERVICE, "ListResourcePools", "resourcePool", GET),
    GET_RESOURCE_POOL_INFO(SERVICE, "GetResourcePoolInfo", "resourcePool resourcePoolInfo", GET),
    LIST_RESOURCE_POOL_BUCKETS(SERVICE, "ListResourcePoolBuckets", "resourcePool resourcePoolBuckets", GET),
    LIST_RESOURCE_POOL_REQUESTER_QOS_INFOS(
            SERVICE, "ListResourcePoolRequesterQoSInfos", "requesterQosInfo resourcePool", GET),
    GET_RESOURCE_POOL_REQUESTER_QOS_INFO(
            SERVICE, "GetResourcePoolRequesterQoSInfo", "qosRequester requesterQosInfo resourcePool", GET),
    PUT_RESOURCE_POOL_REQUESTER_QOS_INFO(
            SERVICE, "PutResourcePoolRequesterQoSInfo", "qosRequester requesterQosInfo resourcePool", PUT),
    DELETE_RESOURCE_POOL_REQUESTER_QOS_INFO(
            SERVICE, "DeleteResourcePoolRequesterQoSInfo", "qosRequester requesterQosInfo resourcePool", DELETE),

    PUT_BUCKET(BUCKET, "PutBucket", "", PUT),
    DELETE_BUCKET(BUCKET, "DeleteBucket", "", DELETE),
    LIST_OBJECTS(BUCKET, "ListObjects", "", GET),
    LIST_OBJECT_VERSIONS(BUCKET, "ListObjectVersions", "versions", GET),
    LIST_MULTIPART_UPLOADS(BUCKET, "ListMultipartUploads", "uploads", GET),
    DELETE_MULTIPLE_OBJECTS(BUCKET, "DeleteMultipleObjects", "DeleteObject", NONE, "delete", POST),
    POST_OBJECT(BUCKET, "PostObject", "PutObject", WRITE, Selectors.FORM, POST),
    GET_BUCKET_INFO(BUCKET, "GetBucketInfo", "bucketInfo", GET),
    /** No page names the action of a bucket's HEAD. Clients send it for the information of GetBucketInfo. */
    HEAD_BUCKET(BUCKET, "HeadBucket", "GetBucketInfo", NONE, "", HEAD),
    GET_BUCKET_LOCATION(BUCKET, "GetBucketLocation", "location", GET),
    GET_BUCKET_STAT(BUCKET, "GetBucketStat", "stat", GET),
    GET_BUCKET_ACL(BUCKET, "GetBucketAcl", "acl", GET),
    PUT_BUCKET_ACL(BUCKET, "PutBucketAcl", "acl", PUT),
    GET_BUCKET_CORS(BUCKET, "GetBucketCors", "cors", GET),
    PUT_BUCKET_CORS(BUCKET, "PutBucketCors", "cors", PUT),
    DELETE_BUCKET_CORS(BUCKET, "DeleteBucketCors", "cors", DELETE),
    GET_BUCKET_LOGGING(BUCKET, "GetBucketLogging", "logging", GET),
    PUT_BUCKET_LOGGING(BUCKET, "PutBucketLogging", "logging", PUT),
    DELETE_BUCKET_LOGGING(BUCKET, "DeleteBucketLogging", "logging", DELETE),
    GET_USER_DEFINED_LOG_FIELDS(BUCKET, "GetUserDefinedLogFieldsConfig", "userDefinedLogFieldsConfig", GET),
    PUT_USER_DEFINED_LOG_FIELDS(BUCKET, "PutUserDefinedLogFieldsConfig", "userDefinedLogFieldsConfig", PUT),
    DELETE_USER_DEFINED_LOG_FIELDS(BUCKET, "DeleteUserDefinedLogFieldsConfig", "userDefinedLogFieldsConfig", DELETE),
    GET_BUCKET_WEBSITE(BUCKET, "GetBucketWebsite", "website", GET),
    PUT_BUCKET_WEBSITE(BUCKET, "PutBucketWebsite", "website", PUT),
    DELETE_BUCKET_WEBSITE(BUCKET, "DeleteBucketWebsite", "website", DELETE),
    GET_BUCKET_REFERER(BUCKET, "GetBucketReferer", "referer", GET),
    PUT_BUCKET_REFERER(BUCKET, "PutBucketReferer", "referer", PUT),
    GET_BUCKET_LIFECYCLE(BUCKET, "GetBucketLifecycle", "lifecycle", GET),
    PUT_BUCKET_LIFECYCLE(BUCKET, "PutBucketLifecycle", "lifecycle", PUT),
    DELETE_BUCKET_LIFECYCLE(BUCKET, "DeleteBucketLifecycle", "lifecycle", DELETE),
    GET_BUCKET_TAGS(BUCKET, "GetBucketTags", "GetBucketTagging", NONE, "tagging", GET),
    PUT_BUCKET_TAGS(BUCKET, "PutBucketTags", "PutBucketTagging", NONE, "tagging", PUT),
    DELETE_BUCKET_TAGS(BUCKET, "DeleteBucketTags", "DeleteBucketTagging", NONE, "tagging", DELETE),
    GET_BUCKET_POLICY(BUCKET, "GetBucketPolicy", "policy", GET),
    PUT_BUCKET_POLICY(BUCKET, "PutBucketPolicy", "policy", PUT),
    DELETE_BUCKET_POLICY(BUCKET, "DeleteBucketPolicy", "policy", DELETE),
    GET_BUCKET_POLICY_STATUS(BUCKET, "GetBucketPolicyStatus", "policyStatus", GET),
    /** No page names the actions of a bucket's callback policy. */
    GET_BUCKET_CALLBACK_POLICY(BUCKET, "GetBucketCallbackPolicy", "policy comp=callback", GET),
    PUT_BUCKET_CALLBACK_POLICY(BUCKET, "PutBucketCallbackPolicy", "policy comp=callback", PUT),
    DELETE_BUCKET_CALLBACK_POLICY(BUCKET, "DeleteBucketCallbackPolicy", "policy comp=callback", DELETE),
    GET_BUCKET_ENCRYPTION(BUCKET, "GetBucketEncryption", "encryption", GET),
    PUT_BUCKET_ENCRYPTION(BUCKET, "PutBucketEncryption", "encryption", PUT),
    DELETE_BUCKET_ENCRYPTION(BUCKET, "DeleteBucketEncryption", "encryption", DELETE),
    GET_BUCKET_VERSIONING(BUCKET, "GetBucketVersioning", "versioning", GET),
    PUT_BUCKET_VERSIONING(BUCKET, "PutBucketVersioning", "versioning", PUT),
    GET_BUCKET_INVENTORY(BUCKET, "GetBucketInventory", "inventory inventoryId", GET),
    LIST_BUCKET_INVENTORY(BUCKET, "ListBucketInventory", "GetBucketInventory", NONE, "inventory", GET),
    PUT_BUCKET_INVENTORY(BUCKET, "PutBucketInventory", "inventory inventoryId", PUT),
    DELETE_BUCKET_INVENTORY(BUCKET, "DeleteBucketInventory", "inventory inventoryId", DELETE),
    GET_BUCKET_REQUEST_PAYMENT(BUCKET, "GetBucketRequestPayment", "requestPayment", GET),
    PUT_BUCKET_REQUEST_PAYMENT(BUCKET, "PutBucketRequestPayment", "requestPayment", PUT),
    INITIATE_BUCKET_WORM(BUCKET, "InitiateBucketWorm", "worm", POST),
    ABORT_BUCKET_WORM(BUCKET, "AbortBucketWorm", "worm", DELETE),
    GET_BUCKET_WORM(BUCKET, "GetBucketWorm", "worm", GET),
    COMPLETE_BUCKET_WORM(BUCKET, "CompleteBucketWorm", "wormId", POST),
    EXTEND_BUCKET_WORM(BUCKET, "ExtendBucketWorm", "wormId wormExtend", POST),
    /** No page names the actions of object retention's configuration and of response headers. */
    GET_BUCKET_OBJECT_WORM(BUCKET, "GetBucketObjectWormConfiguration", "objectWorm", GET),
    PUT_BUCKET_OBJECT_WORM(BUCKET, "PutBucketObjectWormConfiguration", "objectWorm", PUT),
    GET_BUCKET_RESPONSE_HEADER(BUCKET, "GetBucketResponseHeader", "responseHeader", GET),
    PUT_BUCKET_RESPONSE_HEADER(BUCKET, "PutBucketResponseHeader", "responseHeader", PUT),
    DELETE_BUCKET_RESPONSE_HEADER(BUCKET, "DeleteBucketResponseHeader", "responseHeader", DELETE),
    GET_BUCKET_OVERWRITE_CONFIG(BUCKET, "GetBucketOverwriteConfig", "overwriteConfig", GET),
    PUT_BUCKET_OVERWRITE_CONFIG(BUCKET, "PutBucketOverwriteConfig", "overwriteConfig", PUT),
    DELETE_BUCKET_OVERWRITE_CONFIG(BUCKET, "DeleteBucketOverwriteConfig", "overwriteConfig", DELETE),
    GET_BUCKET_DATA_ACCELERATOR(BUCKET, "GetBucketDataAccelerator", "dataAccelerator", GET),
    PUT_BUCKET_DATA_ACCELERATOR(BUCKET, "PutBucketDataAccelerator", "dataAccelerator", PUT),
    DELETE_BUCKET_DATA_ACCELERATOR(BUCKET, "DeleteBucketDataAccelerator", "dataAccelerator", DELETE),
    GET_BUCKET_TRANSFER_ACCELERATION(BUCKET, "GetBucketTransferAcceleration", "transferAcceleration", GET),
    PUT_BUCKET_TRANSFER_ACCELERATION(BUCKET, "PutBucketTransferAcceleration", "transferAcceleration", PUT),
    GET_BUCKET_QOS_INFO(BUCKET, "GetBucketQoSInfo", "qosInfo", GET),
    PUT_BUCKET_QOS_INFO(BUCKET, "PutBucketQoSInfo", "qosInfo", PUT),
    DELETE_BUCKET_QOS_INFO(BUCKET, "DeleteBucketQoSInfo", "qosInfo", DELETE),
    LIST_BUCKET_REQUESTER_QOS_INFOS(
            BUCKET, "ListBucketRequesterQoSInfos", "ListBucketRequesterQoSInfo", NONE, "requesterQosInfo", GET),
    GET_BUCKET_REQUESTER_QOS_INFO(BUCKET, "GetBucketRequesterQoSInfo", "qosRequester requesterQosInfo", GET),
    PUT_BUCKET_REQUESTER_QOS_INFO(BUCKET, "PutBucketRequesterQoSInfo", "qosRequester requesterQosInfo", PUT),
    DELETE_BUCKET_REQUESTER_QOS_INFO(BUCKET, "DeleteBucketRequesterQoSInfo", "qosRequester requesterQosInfo", DELETE),
    /** No page names the actions of a bucket's capacity, nor those of fetching. */
    GET_BUCKET_STORAGE_CAPACITY(BUCKET, "GetBucketStorageCapacity", "qos", GET),
    SET_BUCKET_STORAGE_CAPACITY(BUCKET, "SetBucketStorageCapacity", "qos", PUT),
    GET_ASYNC_FETCH_TASK(BUCKET, "GetAsyncFetchTask", "asyncFetch", GET),
    PUT_ASYNC_FETCH_TASK(BUCKET, "PutAsyncFetchTask", "asyncFetch", POST),
    GET_BUCKET_RESOURCE_GROUP(BUCKET, "GetBucketResourceGroup", "resourceGroup", GET),
    PUT_BUCKET_RESOURCE_GROUP(BUCKET, "PutBucketResourceGroup", "resourceGroup", PUT),
    GET_BUCKET_REPLICATION(BUCKET, "GetBucketReplication", "replication", GET),
    PUT_BUCKET_REPLICATION(BUCKET, "PutBucketReplication", "replication comp=add", POST),
    DELETE_BUCKET_REPLICATION(BUCKET, "DeleteBucketReplication", "replication comp=delete", POST),
    GET_BUCKET_REPLICATION_LOCATION(BUCKET, "GetBucketReplicationLocation", "replicationLocation", GET),
    GET_BUCKET_REPLICATION_PROGRESS(BUCKET, "GetBucketReplicationProgress", "replicationProgress", GET),
    PUT_BUCKET_RTC(BUCKET, "PutBucketRTC", "rtc", PUT),
    LIST_CNAME(BUCKET, "ListCname", "cname", GET),
    PUT_CNAME(BUCKET, "PutCname", "cname comp=add", POST),
    DELETE_CNAME(BUCKET, "DeleteCname", "cname comp=delete", POST),
    CREATE_CNAME_TOKEN(BUCKET, "CreateCnameToken", "cname comp=token", POST),
    GET_CNAME_TOKEN(BUCKET, "GetCnameToken", "cname comp=token", GET),
    GET_STYLE(BUCKET, "GetStyle", "style styleName", GET),
    LIST_STYLE(BUCKET, "ListStyle", "style", GET),
    PUT_STYLE(BUCKET, "PutStyle", "style styleName", PUT),
    DELETE_STYLE(BUCKET, "DeleteStyle", "style styleName", DELETE),
    OPEN_META_QUERY(BUCKET, "OpenMetaQuery", "metaQuery comp=add", POST),
    CLOSE_META_QUERY(BUCKET, "CloseMetaQuery", "metaQuery comp=delete", POST),
    DO_META_QUERY(BUCKET, "DoMetaQuery", "metaQuery comp=query", POST),
    GET_META_QUERY_STATUS(BUCKET, "GetMetaQueryStatus", "metaQuery", GET),
    /**
     * Datasets (help.aliyun.com, CreateDataset, names the action of all of them). The parameter {@code action} names
     * the dataset operation and selects nothing here.
     */
    DO_META_QUERY_ACTION(BUCKET, "DoMetaQueryAction", "MetaQuery", NONE, "metaQuery", POST),
    GET_BUCKET_ACCESS_MONITOR(BUCKET, "GetBucketAccessMonitor", "accessmonitor", GET),
    PUT_BUCKET_ACCESS_MONITOR(BUCKET, "PutBucketAccessMonitor", "accessmonitor", PUT),
    GET_BUCKET_ARCHIVE_DIRECT_READ(BUCKET, "GetBucketArchiveDirectRead", "bucketArchiveDirectRead", GET),
    PUT_BUCKET_ARCHIVE_DIRECT_READ(BUCKET, "PutBucketArchiveDirectRead", "bucketArchiveDirectRead", PUT),
    GET_BUCKET_HTTPS_CONFIG(BUCKET, "GetBucketHttpsConfig", "httpsConfig", GET),
    PUT_BUCKET_HTTPS_CONFIG(BUCKET, "PutBucketHttpsConfig", "httpsConfig", PUT),
    GET_BUCKET_PUBLIC_ACCESS_BLOCK(BUCKET, "GetBucketPublicAccessBlock", "publicAccessBlock", GET),
    PUT_BUCKET_PUBLIC_ACCESS_BLOCK(BUCKET, "PutBucketPublicAccessBlock", "publicAccessBlock", PUT),
    DELETE_BUCKET_PUBLIC_ACCESS_BLOCK(BUCKET, "DeleteBucketPublicAccessBlock", "publicAccessBlock", DELETE),
    LIST_BUCKET_REDUNDANCY_TRANSITION(BUCKET, "ListBucketDataRedundancyTransition", "redundancyTransition", GET),
    GET_BUCKET_REDUNDANCY_TRANSITION(
            BUCKET, "GetBucketDataRedundancyTransition", "redundancyTransition " + Selectors.TRANSITION_TASK, GET),
    CREATE_BUCKET_REDUNDANCY_TRANSITION(BUCKET, "CreateBucketDataRedundancyTransition", "redundancyTransition", POST),
    DELETE_BUCKET_REDUNDANCY_TRANSITION(
            BUCKET,
            "DeleteBucketDataRedundancyTransition",
            "redundancyTransition " + Selectors.TRANSITION_TASK,
            DELETE),
    LIST_ACCESS_POINTS(BUCKET, "ListAccessPoints", "accessPoint", GET),
    CREATE_ACCESS_POINT(BUCKET, "CreateAccessPoint", "accessPoint", PUT),
    GET_ACCESS_POINT(BUCKET, "GetAccessPoint", "accessPoint " + Selectors.ACCESS_POINT, GET),
    DELETE_ACCESS_POINT(BUCKET, "DeleteAccessPoint", "accessPoint " + Selectors.ACCESS_POINT, DELETE),
    GET_ACCESS_POINT_POLICY(BUCKET, "GetAccessPointPolicy", "accessPointPolicy " + Selectors.ACCESS_POINT, GET),
    PUT_ACCESS_POINT_POLICY(BUCKET, "PutAccessPointPolicy", "accessPointPolicy " + Selectors.ACCESS_POINT, PUT),
    DELETE_ACCESS_POINT_POLICY(
            BUCKET, "DeleteAccessPointPolicy", "accessPointPolicy " + Selectors.ACCESS_POINT, DELETE),
    GET_ACCESS_POINT_PUBLIC_ACCESS_BLOCK(
            BUCKET, "GetAccessPointPublicAccessBlock", "publicAccessBlock " + Selectors.ACCESS_POINT, GET),
    PUT_ACCESS_POINT_PUBLIC_ACCESS_BLOCK(
            BUCKET, "PutAccessPointPublicAccessBlock", "publicAccessBlock " + Selectors.ACCESS_POINT, PUT),
    DELETE_ACCESS_POINT_PUBLIC_ACCESS_BLOCK(
            BUCKET, "DeleteAccessPointPublicAccessBlock", "publicAccessBlock " + Selectors.ACCESS_POINT, DELETE),
    GET_ACCESS_POINT_FOR_OBJECT_PROCESS(BUCKET, "GetAccessPointForObjectProcess", "accessPointForObjectProcess", GET),
    CREATE_ACCESS_POINT_FOR_OBJECT_PROCESS(
            BUCKET, "CreateAccessPointForObjectProcess", "accessPointForObjectProcess", PUT),
    DELETE_ACCESS_POINT_FOR_OBJECT_PROCESS(
            BUCKET, "DeleteAccessPointForObjectProcess", "accessPointForObjectProcess", DELETE),
    GET_ACCESS_POINT_CONFIG_FOR_OBJECT_PROCESS(
            BUCKET, "GetAccessPointConfigForObjectProcess", "accessPointConfigForObjectProcess", GET),
    PUT_ACCESS_POINT_CONFIG_FOR_OBJECT_PROCESS(
            BUCKET, "PutAccessPointConfigForObjectProcess", "accessPointConfigForObjectProcess", PUT),
    GET_ACCESS_POINT_POLICY_FOR_OBJECT_PROCESS(
            BUCKET, "GetAccessPointPolicyForObjectProcess", "accessPointPolicyForObjectProcess", GET),
    PUT_ACCESS_POINT_POLICY_FOR_OBJECT_PROCESS(
            BUCKET, "PutAccessPointPolicyForObjectProcess", "accessPointPolicyForObjectProcess", PUT),
    DELETE_ACCESS_POINT_POLICY_FOR_OBJECT_PROCESS(
            BUCKET, "DeleteAccessPointPolicyForObjectProcess", "accessPointPolicyForObjectProcess", DELETE),
    LIST_LIVE_CHANNEL(BUCKET, "ListLiveChannel", "live", GET),

    GET_OBJECT(OBJECT, "GetObject", "GetObject", READ, "", GET),
    HEAD_OBJECT(OBJECT, "HeadObject", "GetObject", READ, "", HEAD),
    GET_OBJECT_META(OBJECT, "GetObjectMeta", "GetObject", READ, "objectMeta", HEAD, GET),
    PUT_OBJECT(OBJECT, "PutObject", "PutObject", WRITE, "", PUT),
    APPEND_OBJECT(OBJECT, "AppendObject", "PutObject", WRITE, "append position", POST),
    SEAL_APPEND_OBJECT(OBJECT, "SealAppendObject", "position seal", POST),
    DELETE_OBJECT(OBJECT, "DeleteObject", "DeleteObject", WRITE, "", DELETE),
    COPY_OBJECT(OBJECT, "CopyObject", "PutObject", NONE, Selectors.COPY, PUT),
    GET_OBJECT_ACL(OBJECT, "GetObjectACL", "GetObjectAcl", NONE, "acl", GET),
    PUT_OBJECT_ACL(OBJECT, "PutObjectACL", "PutObjectAcl", NONE, "acl", PUT),
    GET_OBJECT_TAGGING(OBJECT, "GetObjectTagging", "tagging", GET),
    PUT_OBJECT_TAGGING(OBJECT, "PutObjectTagging", "tagging", PUT),
    DELETE_OBJECT_TAGGING(OBJECT, "DeleteObjectTagging", "tagging", DELETE),
    GET_SYMLINK(OBJECT, "GetSymlink", "GetObject", NONE, "symlink", GET),
    PUT_SYMLINK(OBJECT, "PutSymlink", "PutObject", NONE, "symlink", PUT),
    RESTORE_OBJECT(OBJECT, "RestoreObject", "restore", POST),
    CLEAN_RESTORED_OBJECT(OBJECT, "CleanRestoredObject", "cleanRestoredObject", POST),
    /** No page names an action of legal holds, nor one for reading a retention. */
    GET_OBJECT_RETENTION(OBJECT, "GetObjectRetention", "retention", GET),
    PUT_OBJECT_RETENTION(OBJECT, "PutObjectRetention", "retention", PUT),
    GET_OBJECT_LEGAL_HOLD(OBJECT, "GetObjectLegalHold", "legalHold", GET),
    PUT_OBJECT_LEGAL_HOLD(OBJECT, "PutObjectLegalHold", "legalHold", PUT),
    SELECT_OBJECT(OBJECT, "SelectObject", "GetObject", NONE, Selectors.PROCESS_SELECT, POST),
    CREATE_SELECT_OBJECT_META(OBJECT, "CreateSelectObjectMeta", "GetObject", NONE, Selectors.PROCESS_META, POST),
    PROCESS_OBJECT(OBJECT, "ProcessObject", "PostProcessTask", NONE, Selectors.PROCESS, POST),
    ASYNC_PROCESS_OBJECT(OBJECT, "AsyncProcessObject", "PostProcessTask", NONE, Selectors.ASYNC_PROCESS, POST),
    INITIATE_MULTIPART_UPLOAD(OBJECT, "InitiateMultipartUpload", "PutObject", NONE, "uploads", POST),
    UPLOAD_PART(OBJECT, "UploadPart", "PutObject", NONE, "partNumber uploadId", PUT),
    UPLOAD_PART_COPY(OBJECT, "UploadPartCopy", "PutObject", NONE, "partNumber uploadId " + Selectors.COPY, PUT),
    COMPLETE_MULTIPART_UPLOAD(OBJECT, "CompleteMultipartUpload", "PutObject", NONE, "uploadId", POST),
    ABORT_MULTIPART_UPLOAD(OBJECT, "AbortMultipartUpload", "uploadId", DELETE),
    LIST_PARTS(OBJECT, "ListParts", "uploadId", GET),
    PUT_LIVE_CHANNEL(OBJECT, "PutLiveChannel", "live", PUT),
    PUT_LIVE_CHANNEL_STATUS(OBJECT, "PutLiveChannelStatus", "live status", PUT),
    GET_LIVE_CHANNEL_INFO(OBJECT, "GetLiveChannelInfo", "GetLiveChannel", NONE, "live", GET),
    GET_LIVE_CHANNEL_STAT(OBJECT, "GetLiveChannelStat", "live comp=stat", GET),
    GET_LIVE_CHANNEL_HISTORY(OBJECT, "GetLiveChannelHistory", "live comp=history", GET),
    DELETE_LIVE_CHANNEL(OBJECT, "DeleteLiveChannel", "live", DELETE),
    POST_VOD_PLAYLIST(OBJECT, "PostVodPlaylist", "vod", POST),
    GET_VOD_PLAYLIST(OBJECT, "GetVodPlaylist", "vod", GET),

    /**
     * A browser's preflight request (OptionObject) at any level. It needs no right; the bucket's CORS rules answer it.
     */
    PREFLIGHT(OBJECT, "OptionObject", "", NONE, "", OPTIONS);

    private final Level level;
    private final String apiName;
    private final Optional<String> action;
    private final Acl.Access aclClass;
    private final List<String> selectors;
    private final Set<HttpMethod> methods;

    Operation(Level level, String apiName, String selectors, HttpMethod method) {
        this(level, apiName, apiName, NONE, selectors, method);
    }

    Operation(
            Level level, String apiName, String action, Acl.Access aclClass, String selectors, HttpMethod... methods) {
        this.level = level;
        this.apiName = apiName;
        this.action = action.isEmpty() ? Optional.empty() : Optional.of("oss:" + action);
        this.aclClass = aclClass;
        this.selectors = selectors.isEmpty() ? List.of() : List.of(selectors.split(" "));
        this.methods = Set.of(methods);
    }

    /** The name in OSS's documents: {@code GetObject}. */
    public String apiName() {
        return apiName;
    }

    public Level level() {
        return level;
    }

    /** The class of ACLs that grant it to everyone. */
    public Acl.Access aclClass() {
        return aclClass;
    }

    /**
     * The RAM action of the operation itself, {@code oss:GetObject}; empty for a preflight. {@link Operations#rights}
     * returns the further ones.
     */
    public Optional<String> action() {
        return action;
    }

    Set<HttpMethod> methods() {
        return methods;
    }

    List<String> selectors() {
        return selectors;
    }

    /** The kind of target that an operation applies to. */
    public enum Level {
        SERVICE,
        BUCKET,
        OBJECT;

        static Level of(Target target) {
            return switch (target) {
                case Target.Service service -> SERVICE;
                case Target.Bucket bucket -> BUCKET;
                case Target.ObjectKey object -> OBJECT;
            };
        }
    }
}
