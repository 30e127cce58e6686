using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Tests.Unit.Reconciling;

/// <summary>Small files in memory.</summary>
internal static class Sheets
{
    public static Result<SheetRows> Read(string csv, SheetTemplate? template = null, Side side = Side.Theirs) =>
        Sheet.Read(Encoding.UTF8.GetBytes(csv), template, side);

    /// <summary>The only entry of a sheet with an order number and one more column.</summary>
    public static Entry One(string header, string cell) =>
        Read($"订单号,佣金,{header}\nA1,1,{Quoted(cell)}\n").Value.Entries.Single();

    /// <summary>The refusal that one cell gets, with its row and column.</summary>
    public static (string Code, object Row, object Column) Fault(string header, string cell)
    {
        var refusal = Read($"订单号,佣金,{header}\nA1,1,{Quoted(cell)}\n").Refusals.Single();
        return (refusal.Code, refusal.Arguments[0], refusal.Arguments[1]);
    }

    public static string AmountOf(string cell) => Read($"订单号,佣金\nA1,{Quoted(cell)}\n").Value.Entries.Single().Amount.ToString();

    public static string AmountFault(string cell) => Read($"订单号,佣金\nA1,{Quoted(cell)}\n").Refusals.Single().Code;

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"")}\"";
}
