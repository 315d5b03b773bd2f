const { ApiKey } = require("pulumi-aixplain/native");
const { count, declaration, logicalName } = require("./declaration");

for (let index = 0; index < count; index += 1) new ApiKey(logicalName(index), declaration(index));
