using System.CommandLine;
using HaoSuan.Cli;
using Xunit;

namespace HaoSuan.Tests.Unit.Reconciling;

public sealed class ReconcileCommandTests : IDisposable
{
    private const string Orders = "订单号,应结佣金\nA1,120.00\nA2,80.00\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("haosuan").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_summary_and_the_tie_out_are_printed()
    {
        var (exit, output, error) = await Run("--ours", File("orders.csv", Orders), "--sheet", File("sheet.csv", "订单号,佣金\nA1,110\nX9,5\n"), "--lang", "zh");

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("订单号 = 订单号 (A), 金额 = 佣金 (B)", output, StringComparison.Ordinal);
        Assert.Contains("勾稽:结算表合计 115.00 = 应结合计 200.00 + 差异合计 -85.00", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_is_written_where_asked_for()
    {
        var workbook = Path.Combine(_folder, "differences.xlsx");

        var (exit, _, _) = await Run("--ours", File("orders.csv", Orders), "--sheet", File("sheet.csv", "订单号,佣金\nA1,110\n"), "--out", workbook);

        Assert.Equal(0, exit);
        Assert.Equal("PK"u8.ToArray(), System.IO.File.ReadAllBytes(workbook)[..2]);
    }

    [Fact]
    public async Task Each_fault_of_either_file_is_one_line_and_nothing_is_printed()
    {
        var (exit, output, error) = await Run("--ours", File("orders.csv", "订单号,应结佣金\nA1,12x\n"),
            "--sheet", File("sheet.csv", "手机号,佣金\n1.39E+10,1\n1.38E+10,2\n"), "--json", "--lang", "en");

        Assert.Equal((2, ""), (exit, output));
        Assert.Equal(
            [
                "orders.csv: Row 2, column B (应结佣金): “12x” is not an amount",
                "sheet.csv: Row 2, column A (手机号): 1.39E+10 is a number in scientific notation, its digits are gone; export the column as text",
                "sheet.csv: Row 3, column A (手机号): 1.38E+10 is a number in scientific notation, its digits are gone; export the column as text",
            ], error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("missing.csv", null)]
    [InlineData("empty.csv", "")]
    [InlineData("noise.bin", "\0\u0001\u0002")]
    [InlineData("broken.xlsx", "PK\u0003\u0004 and no more")]
    public async Task A_file_that_cannot_be_read_is_one_line(string name, string? content)
    {
        var sheet = content is null ? Path.Combine(_folder, name) : File(name, content);

        var (exit, _, error) = await Run("--ours", File("orders.csv", Orders), "--sheet", sheet);

        Assert.Equal(2, exit);
        Assert.StartsWith(name + ": ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_template_is_one_line()
    {
        var (exit, _, error) = await Run("--ours", File("orders.csv", Orders), "--sheet", File("sheet.csv", Orders), "--template", File("t.json", "{"));

        Assert.Equal(2, exit);
        Assert.StartsWith("t.json: ", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private string File(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var exit = await HaoSuanCommand.Create().Parse(["reconcile", .. arguments]).InvokeAsync(new() { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
