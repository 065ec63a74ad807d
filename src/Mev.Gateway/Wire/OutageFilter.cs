using Mev.Journal;
using Mev.Journal.Stores;
using Microsoft.AspNetCore.Http;

namespace Mev.Gateway.Wire;

/// <summary>Says 'unavailable' and why when journal, audit, decision store or silo does not answer.</summary>
internal sealed class OutageFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (JournalUnavailableException failure)
        {
            return Problems.Away("The journal is not available", failure.Message);
        }
        catch (StoreUnavailableException failure)
        {
            return Problems.Away("The decision store is not available", failure.Message);
        }
        catch (IOException failure)
        {
            return Problems.Away("A file of the audit cannot be read", $"{failure.Message} See the host's log.");
        }
        catch (OrleansException failure)
        {
            return Problems.Away("The silo does not answer", $"{failure.Message} See /health/ready, then try again.");
        }
        catch (TimeoutException failure)
        {
            return Problems.Away("The silo did not answer in time", $"{failure.Message} Try again.");
        }
    }
}
