namespace HaoSuan.Ledger;

/// <summary>The month that is to be closed.</summary>
/// <param name="First">The first month that is closed with it: those that were passed over before.</param>
/// <param name="End">Its end in the tenant's zone: what happened before it belongs to the month or an earlier one.</param>
public sealed record ClosingMonth(Month First, Month Month, Instant End);

/// <summary>A step of the month's end (月结步骤).</summary>
/// <param name="Name">
/// Begins with the module's name, like <c>payments.close_days</c>. Its texts stand in the module's resources: what it is called under this
/// very key, and what it asks for under <c>…_asks</c>.
/// </param>
/// <param name="Order">Where it stands in the list: what others wait for comes first.</param>
/// <param name="Href">The page where its work is done.</param>
public sealed record ClosingStep(string Name, int Order, string Href);

/// <summary>Something that is still open, so that the month cannot be closed.</summary>
/// <param name="What">In the words of its module.</param>
/// <param name="Href">Where one deals with it.</param>
public sealed record ClosingBlocker(Refusal What, string Href);

/// <summary>How a step stands.</summary>
/// <param name="Blockers">What is still open; nothing: it is done.</param>
/// <param name="By">Who has done the last of it, as the audit log names them, where one knows.</param>
/// <param name="At">When.</param>
public sealed record ClosingFinding(IReadOnlyList<ClosingBlocker> Blockers, string? By = null, Instant? At = null)
{
    public bool IsDone => Blockers.Count == 0;
}

/// <summary>A step with how it stands.</summary>
public sealed record ClosingState(ClosingStep Step, ClosingFinding Finding);

/// <summary>
/// Asks whether something is still open that belongs to the month. A module that knows of such things says so in its door:
/// <c>services.CheckClosing&lt;SheetsDecided&gt;()</c>. It is asked with all posting stopped, so it reads by indexes what is open, and nothing else.
/// </summary>
public interface ICheckClosing
{
    static abstract ClosingStep Step { get; }

    Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel);
}
