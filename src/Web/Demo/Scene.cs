using HaoSuan.Sandbox;

namespace HaoSuan.Web.Demo;

/// <summary>Where a demonstration plays: an operator's services, the other side of its wires, the clock, chance, and what is to come.</summary>
internal sealed class Scene(IServiceProvider services, Tenant tenant, SandboxWorld sandbox, DemoClock clock, Dice dice)
{
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(20);

    private readonly IServiceScopeFactory _scopes = services.GetRequiredService<IServiceScopeFactory>();
    private readonly ILookup<string, RecurringJob> _jobs = services.GetServices<RecurringJob>().ToLookup(j => j.Name, StringComparer.Ordinal);

    public SandboxWorld Sandbox => sandbox;

    public Dice Dice => dice;

    public Agenda Agenda { get; } = new();

    public Zone Zone { get; } = Zone.Find(tenant.Zone)!;        // a tenant's zone is one

    public Instant Now => clock.Now;

    /// <summary>Calls a use case as somebody of the operator, in a scope of its own.</summary>
    public async Task<T> Call<TUseCase, T>(Func<TUseCase, Task<T>> call, string actor = "demo") where TUseCase : notnull
    {
        await using var scope = _scopes.CreateScope(tenant);
        scope.ServiceProvider.GetRequiredService<Actor>().Name = actor;
        return await call(scope.ServiceProvider.GetRequiredService<TUseCase>());
    }

    /// <summary>The same, where it must not be refused.</summary>
    public async Task<T> Do<TUseCase, T>(Func<TUseCase, Task<Result<T>>> call, string actor = "demo") where TUseCase : notnull =>
        (await Call(call, actor)).TryGet(out var value, out var refusals)
            ? value
            : throw new InvalidOperationException($"{typeof(TUseCase).Name}: {services.GetRequiredService<Texts>().Of(refusals[0], new("en"))}");

    public async Task Job(string name)
    {
        foreach (var job in _jobs[name]) await services.GetRequiredService<JobRunner>().RunAsync(job);
    }

    public void After(TimeSpan pause, Func<Task> happens) => Agenda.Add(Now + pause, happens);

    /// <summary>Lets everything happen up to that instant. Messages arrive some minutes later at most.</summary>
    public async Task PlayUntil(Instant end)
    {
        var settled = Now;
        while (Agenda.TryTake(end, out var at, out var happens))
        {
            if (at - settled > Together)
            {
                await SettleDown();
                settled = at;
            }
            clock.MoveTo(at);
            await happens();
        }
        await SettleDown();
        clock.MoveTo(end);
    }

    /// <summary>Everything that is on its way arrives, and what that brings about too.</summary>
    public async Task SettleDown()
    {
        var outbox = services.GetRequiredService<OutboxDelivery>();
        while (await outbox.DrainAsync() + await sandbox.Deliveries.DeliverAsync() > 0) { }
    }
}
