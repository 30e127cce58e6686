using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>From lines, whose keys name everything by text, to rows and back. The order of a bonus is "" there and zero here.</summary>
internal static class LineRows
{
    public static Line ToLine(this BookedRow row) => new(
        new(row.OrderId == default ? "" : Evaluation.Name(row.OrderId), row.Stage, row.Instance,
            Evaluation.Name(row.DistributorId), row.Role, row.State),
        row.Amount, row.EarnedAt, row.ReleasesAt);

    public static BookedRow ToBooked(Line line) => new()
    {
        OrderId = OrderOf(line.Key),
        Stage = line.Key.Stage,
        Instance = line.Key.Instance,
        DistributorId = DistributorId.From(Guid.Parse(line.Key.Distributor)),
        Role = line.Key.Role,
        State = line.Key.State,
        Amount = line.Amount,
        EarnedAt = line.EarnedAt,
        ReleasesAt = line.ReleasesAt,
    };

    public static LineRow ToLine(Delta delta, long number, int position, RunId run, Instant asOf) => new()
    {
        EntryNumber = number,
        Position = position,
        RunId = run,
        OrderId = OrderOf(delta.Key),
        Stage = delta.Key.Stage,
        Instance = delta.Key.Instance,
        DistributorId = delta.Distributor,
        Role = delta.Key.Role,
        State = delta.Key.State,
        Amount = delta.Amount,
        EarnedAt = delta.EarnedAt,
        ReleasesAt = delta.ReleasesAt,
        AsOf = asOf,
    };

    public static RunReport ToReport(this RunRow row) => new(
        row.Id, row.AsOf, row.StartedAt, row.FinishedAt, row.Orders, row.Refused, row.Entries, row.Sales, row.Upstream, row.Commission);

    private static OrderId OrderOf(LineKey key) => key.Order.Length == 0 ? default : OrderId.From(Guid.Parse(key.Order));
}
