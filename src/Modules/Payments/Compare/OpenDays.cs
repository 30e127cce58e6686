using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;

namespace HaoSuan.Payments;

/// <summary>Days of a channel that stay different, or whose bill has never come.</summary>
internal sealed class OpenDays(Db db) : ICompare
{
    // A day that differs is checked again every hour: what a late notice mends is gone by then.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    private static readonly CaseKind Differs = new("payments.case_day_differs", Policies.Finance, TimeSpan.FromDays(2));
    private static readonly CaseKind NoBill = new("payments.case_no_bill", Policies.Finance, TimeSpan.FromDays(2));

    public static IReadOnlyList<CaseKind> Kinds => [Differs, NoBill];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (found, differences) = (comparison.Now - Patience, db.DayDifferences);
        var days = db.Days.AsNoTracking().Where(d => d.State == DayState.Differs || d.State == DayState.Waiting);
        await foreach (var d in days.Where(d => d.State == DayState.Waiting && d.LateToldAt != null).AsAsyncEnumerable().WithCancellation(cancel))
            yield return Of(NoBill, d, d.LateToldAt!.Value);

        var open = days.Where(d => d.State == DayState.Differs).Join(
            differences.Where(d => d.GoneAt == null && d.ExplainedAt == null && d.Class != DayDifference.OtherDay),
            day => new { day.Channel, day.Day }, difference => new { difference.Channel, difference.Day }, (day, difference) => new { day, difference });
        foreach (var day in (await open.ToListAsync(cancel)).GroupBy(o => (o.day.Channel, o.day.Day), o => o))
        {
            var since = day.Min(o => o.difference.FoundAt);
            if (since > found) continue;
            var amount = day.Aggregate(Money.Zero, (sum, o) => sum + CheckDay.Size(o.difference));
            yield return Of(Differs, day.First().day, since, day.Count(), amount) with { Amount = amount };
        }
    }

    private static Finding Of(CaseKind kind, DayRow day, Instant since, params Notifications.NotificationValue[] more) => new(
        kind, $"{day.Channel}/{ChannelDaysEndpoint.Text(day.Day)}", $"{ChannelWords.Of(day.Channel)} {ChannelDaysEndpoint.Text(day.Day)}",
        ChannelDaysEndpoint.AddressOf(day.Channel, day.Day), since, [ChannelWords.Of(day.Channel), day.Day, .. more]);
}
