using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Tests.Web;

/// <summary>What people see when the database cannot go on.</summary>
public sealed class OutageTests
{
    private const int MoreThanFit = 500;

    [Theory]
    [InlineData("zh-CN", "磁盘空间已用完")]
    [InlineData("en", "The database's disk is full")]
    public async Task Staff_is_told_that_the_disk_is_full_and_with_more_room_everything_goes_on(string language, string expected)
    {
        var disk = new FullDisk();
        await using var app = new App { Configure = services => services.ConfigureDbContext<Db>(o => o.AddInterceptors(disk)) };
        await app.InitializeAsync();
        var finance = await app.VisitAs("Finance");
        finance.Prefer(language);
        var runs = await finance.Open("/office/settlements");
        disk.LeaveNoRoom();

        // What is there already has room for a few rows.
        var answer = await finance.Submit(runs, "/office/settlements");
        for (var i = 0; i < MoreThanFit && answer.Status == 302; i++) answer = await finance.Submit(runs, "/office/settlements");

        Assert.Equal(503, answer.Status);
        Assert.Contains(expected, answer.Document.Body!.TextContent, StringComparison.Ordinal);
        disk.Lift();
        Assert.Equal(302, (await finance.Submit(runs, "/office/settlements")).Status);
    }

    [Fact]
    public async Task A_customer_is_asked_to_come_back_and_learns_nothing_of_the_database()
    {
        var line = new Line();
        await using var app = new App { Configure = services => services.ConfigureDbContext<Db>(o => o.AddInterceptors(line)) };
        await app.InitializeAsync();
        line.IsCut = true;

        var page = await app.Visit().Open("/s/demo-ABCDEFGH");

        Assert.Equal(503, page.Status);
        Assert.Contains("过几分钟再试", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("数据库", page.Text, StringComparison.Ordinal);
    }

    private sealed class Line : DbConnectionInterceptor
    {
        private const int CannotOpen = 14;

        public bool IsCut { get; set; }

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            IsCut ? throw new SqliteException("unable to open database file", CannotOpen) : ValueTask.FromResult(result);
    }
}
