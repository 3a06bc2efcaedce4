/*
 * A validator module for the tests: it accepts the tokens of a file, whose lines are `TOKEN IDENTITY AUDIENCE`. From
 * PostgreSQL 19 on, the option validator.audience names the audience that a token must have.
 */
#include "postgres.h"

/* Nothing here uses Kerberos, so its headers need not be installed. */
#undef ENABLE_GSS

#include "fmgr.h"
#include "libpq/oauth.h"
#include "storage/fd.h"

PG_MODULE_MAGIC;

#define TOKENS "/etc/oauth-tokens"

static void
startup(ValidatorModuleState *state)
{
#if PG_VERSION_NUM >= 190000
	const char *options[] = {"audience"};

	RegisterOAuthHBAOptions(state, 1, options);
#endif
}

static bool
validate(const ValidatorModuleState *state, const char *token, const char *role, ValidatorModuleResult *result)
{
	const char *wanted = NULL;
	char		known[128];
	char		identity[128];
	char		audience[128];
	FILE	   *file = AllocateFile(TOKENS, "r");

	if (file == NULL)
		return false;
#if PG_VERSION_NUM >= 190000
	wanted = GetOAuthHBAOption(state, "audience");
#endif
	while (fscanf(file, "%127s %127s %127s", known, identity, audience) == 3)
	{
		if (strcmp(known, token) != 0)
			continue;
		result->authn_id = pstrdup(identity);
		result->authorized = wanted == NULL || strcmp(wanted, audience) == 0;
	}
	FreeFile(file);
	return true;
}

static const OAuthValidatorCallbacks callbacks = {
	PG_OAUTH_VALIDATOR_MAGIC,
	.startup_cb = startup,
	.validate_cb = validate,
};

const OAuthValidatorCallbacks *
_PG_oauth_validator_module_init(void)
{
	return &callbacks;
}
