using HaoSuan.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Exceptions;

/// <summary>
/// Runs every comparison, each in a scope of its own. One that fails stops none of the others; it is a case itself until it comes through
/// again, since what nobody compares nobody finds.
/// </summary>
internal sealed partial class CompareAll(
    IServiceScopeFactory scopes, Tenants tenants, TenantScope tenant, IEnumerable<Comparer> comparers, Db db, TakeFindings take, TellOverdue overdue,
    TimeProvider time, ILogger<CompareAll> logger) : IRecurring
{
    public static readonly CaseKind Broken = new("exceptions.case_comparison_failed", Policies.Admin, TimeSpan.FromHours(4));

    private static readonly Comparer OfComparisons = new(typeof(CompareAll), [Broken]);

    public async Task RunAsync(CancellationToken cancel)
    {
        List<Finding> broken = [];
        foreach (var comparer in comparers)
        {
            try
            {
                await CompareAsync(comparer, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                Failed(logger, e, comparer.Name);
                broken.Add(await BrokenAsync(comparer, e, cancel));
            }
        }
        await take.RunAsync(OfComparisons, broken.ToAsyncEnumerable(), time.Now, cancel);
        await overdue.RunAsync(cancel);
    }

    private async Task CompareAsync(Comparer comparer, CancellationToken cancel)
    {
        var began = time.Now;
        var asked = new Comparison(began, await take.ThroughAsync(comparer, cancel), await take.FoundAsync(comparer, cancel));
        // It may read from its connection while what it has found is written with ours.
        await using var scope = scopes.CreateScope((await tenants.FindAsync(tenant.Id, cancel))!);      // the job runs in it
        var findings = ((ICompare)scope.ServiceProvider.GetRequiredService(comparer.Type)).FindAsync(asked, cancel);
        await take.RunAsync(comparer, findings, began, cancel);
    }

    private async Task<Finding> BrokenAsync(Comparer comparer, Exception e, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var through = await take.FailedAsync(comparer, cancel);
        var what = new NotificationValue(Key: comparer.Kinds[0].Name);
        return new(Broken, comparer.Name, comparer.Type.Name, "/office/cases", through ?? time.Now, what, e.GetType().Name);
    }

    [LoggerMessage(LogLevel.Error, "The comparison {Comparer} failed")]
    private static partial void Failed(ILogger logger, Exception e, string comparer);
}
