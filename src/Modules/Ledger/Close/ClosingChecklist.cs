using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Ledger;

/// <summary>A check that a module brings.</summary>
/// <param name="Type">An <see cref="ICheckClosing"/>.</param>
internal sealed record ClosingCheck(Type Type, ClosingStep Step);

/// <summary>The checklist of the month's end (月结清单): every step that a module brings, and how it stands.</summary>
public sealed class ClosingChecklist
{
    private readonly IServiceProvider _services;
    private readonly IEnumerable<ClosingCheck> _checks;
    private readonly Books _books;
    private readonly TenantScope _tenant;

    internal ClosingChecklist(IServiceProvider services, IEnumerable<ClosingCheck> checks, Books books, TenantScope tenant) =>
        (_services, _checks, _books, _tenant) = (services, checks, books, tenant);

    public async Task<IReadOnlyList<ClosingState>> OfAsync(Month month, CancellationToken cancel = default)
    {
        var first = await _books.ClosedThroughAsync(cancel) is { } closed && closed < month ? closed + 1 : month;
        ClosingMonth asked = new(first, month, _tenant.Zone.StartOf((month + 1).First));
        List<ClosingState> states = [];
        foreach (var check in _checks.OrderBy(c => c.Step.Order))
            states.Add(new(check.Step, await ((ICheckClosing)_services.GetRequiredService(check.Type)).FindAsync(asked, cancel)));
        return states;
    }
}
