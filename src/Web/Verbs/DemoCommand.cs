using System.CommandLine;
using HaoSuan.Web.Demo;

namespace HaoSuan.Web;

/// <summary>haosuan demo: fills a database with a month that never was.</summary>
internal static class DemoCommand
{
    private static readonly Option<int> Orders = new("--orders")
    {
        Description = "How many orders",
        DefaultValueFactory = _ => Demonstration.Orders,
    };

    public static Command Create()
    {
        var command = new Command("demo", "Fill a database with a made-up operator and a month of its business") { DatabaseOption.Of, Orders };
        command.SetAction(parsed => DatabaseOption.With(parsed, Fill, demo: true));
        return command;
    }

    private static async Task Fill(ParseResult parsed, Settings settings)
    {
        await using var demonstration = await Demonstration.StartAsync(new(settings.Database), "http://127.0.0.1:0");
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync("Playing forty days: orders, payments, activations, settlements, payouts, sheets …");
        var took = await demonstration.FillAsync(settings, parsed.GetValue(Orders));
        if (took is null) throw new SettingsException($"There is an operator \"{SignIns.Slug}\" already. Give another --database.");
        await output.WriteLineAsync($"Filled in {took.Value.TotalSeconds:0} s. Look at it with: haosuan serve --demo --database …");
        foreach (var (name, who) in SignIns.All) await output.WriteLineAsync($"  {name,-12} {SignIns.Password}  {who}");
    }
}
