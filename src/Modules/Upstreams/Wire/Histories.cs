using System.Text.Json;

namespace HaoSuan.Upstreams.Wire;

/// <summary>
/// What happens after activation: top-ups, stops and the monthly check of service. The platforms know it (their agents see
/// it on screen) but do not all push it; where one does, it comes as lists of these shapes.
/// </summary>
internal static class Histories
{
    public static IReadOnlyList<TopUp> TopUps(JsonElement list) =>
    [
        .. from item in list.Items()
           let no = item.Int("no")
           let amount = Reading.Yuan(item.Text("amount"))
           where no is not null && amount is not null
           select new TopUp(no.Value, amount.Value, Reading.Local(item.Text("at"))),
    ];

    public static IReadOnlyList<Stop> Stops(JsonElement list) =>
    [
        .. from item in list.Items()
           let kind = Reading.StopKind(item.Text("kind"))
           let @from = Reading.Local(item.Text("from"))
           where kind is not null && @from is not null
           select new Stop(kind, @from.Value, Reading.Local(item.Text("until"))),
    ];

    public static IReadOnlyList<ServiceMonth> Months(JsonElement list) =>
    [
        .. from item in list.Items()
           let month = item.Int("month")
           let at = Reading.Local(item.Text("at"))
           let state = item.Int("in_service")
           where month is not null && at is not null && state is 0 or 1
           select new ServiceMonth(month.Value, state == 1, at.Value),
    ];
}
