using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Platform;

/// <summary>Work that is done for every tenant again and again. A run may be cut off or doubled, so it must be idempotent.</summary>
public interface IRecurring
{
    Task RunAsync(CancellationToken cancel);
}

/// <summary>When a recurring job runs: a Quartz cron expression in UTC.</summary>
public sealed record RecurringJob(Type Type, string Name, string Cron);

public static class RecurringJobs
{
    public static IServiceCollection AddRecurring<TJob>(this IServiceCollection services, string name, string cron)
        where TJob : class, IRecurring
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new RecurringJob(typeof(TJob), name, cron));
    }
}

/// <summary>Runs a job once for each tenant, each in a scope of its own: what the scheduler, the demo and the tests call.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, Tenants tenants)
{
    /// <exception cref="AggregateException">It failed for some tenants. It has run for all the others.</exception>
    public async Task RunAsync(RecurringJob job, CancellationToken cancel = default)
    {
        List<Exception> failures = [];
        foreach (var tenant in await tenants.AllAsync(cancel))
        {
            try
            {
                await RunAsync(job, tenant, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                failures.Add(new InvalidOperationException($"{job.Name} failed for tenant {tenant.Id.Value}.", e));
            }
        }
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task RunAsync(RecurringJob job, Tenant tenant, CancellationToken cancel)
    {
        await using var scope = scopes.CreateScope(tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().Name = $"job:{job.Name}";
        await ((IRecurring)scope.ServiceProvider.GetRequiredService(job.Type)).RunAsync(cancel);
    }
}
