// The viewer's logic without OpenGL: input in, what to draw out.
#include "render/app.h"

#include <gtest/gtest.h>

#include <string_view>

#include "sim/base/error.h"
#include "tests/render/crossing.h"

namespace shahr {
namespace {

class AppTest : public testing::Test {
protected:
    AppTest() {
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);  // what the OpenGL backend would ask for
        frame();
        frame();
    }
    void frame() {
        app.frame(input);
        input.wheel = 0;
        input.space = input.step_back = input.step_on = input.toggle_dark = false;
    }
    void click(Pixel at) {
        input.mouse = at;
        frame();
        input.left_button = true;
        frame();
        input.left_button = false;
        frame();
        frame();
    }
    void click(const std::string& control) {
        const Rect* place = app.controls().find(control);
        ASSERT_NE(place, nullptr) << control << " is not on the screen";
        click(place->middle());
    }

    Crossing crossing;
    App app{crossing.source, 1, App::Look::window};
    InputState input;
};

const Colour jam = relative_speed_scale().of(0.2f, light_paper), free_flow = relative_speed_scale().of(0.9f, light_paper);

TEST_F(AppTest, ColoursFollowTheTimeLine) {
    app.show_time(std::chrono::hours{8});
    frame();
    EXPECT_EQ(app.view().colours[0], free_flow);
    click("time.on");
    EXPECT_EQ(app.record(), 1u);
    EXPECT_EQ(app.view().colours[0], jam);
    EXPECT_EQ(app.view().colours[2], free_flow);
    EXPECT_EQ(app.view().colours[4], light_paper.no_data);
}

TEST_F(AppTest, SliderGoesToTheRecordUnderTheMouse) {
    const Rect* slider = app.controls().find("time.slider");
    ASSERT_NE(slider, nullptr);
    const Rect place = *slider;
    click(place.at(0.02));
    EXPECT_EQ(app.record(), 0u);
    click(place.at(0.5));
    EXPECT_EQ(app.record(), 2u);
    click(place.at(0.98));
    EXPECT_EQ(app.record(), 4u);
}

TEST_F(AppTest, PlaysToTheEndAndStops) {
    click("time.play");
    EXPECT_EQ(app.record(), 0u);
    EXPECT_TRUE(app.playing());
    input.seconds = 0.25;
    for (int i = 0; i < 20; ++i) frame();
    EXPECT_EQ(app.record(), 4u);
    EXPECT_FALSE(app.playing());
}

TEST_F(AppTest, KeysStepAndPlay) {
    input.step_back = true;
    frame();
    EXPECT_EQ(app.record(), 3u);
    input.space = true;
    frame();
    EXPECT_TRUE(app.playing());
}

TEST_F(AppTest, AnotherFieldAnotherColour) {
    click("field.vehicles");
    EXPECT_EQ(app.view().colours[0], shown_fields(crossing.source)[1].scale.of(18.0f, light_paper));  // 9 on 500 m
}

TEST_F(AppTest, ClickOnARoadSelectsIt) {
    const Camera camera = app.view().camera;
    click(camera.to_screen({500, 250}));
    ASSERT_EQ(app.selected(), RoadId{4});
    EXPECT_NE(app.controls().find("inspector.close"), nullptr);
    click("inspector.close");
    EXPECT_EQ(app.selected(), none<RoadId>);
    // Each direction lies on its own side: eastbound to the south in right-hand traffic.
    click(app.view().camera.to_screen({300, 495}));
    EXPECT_EQ(app.selected(), RoadId{0});
    click(app.view().camera.to_screen({300, 505}));
    EXPECT_EQ(app.selected(), RoadId{3});
}

TEST_F(AppTest, DragMovesTheMapAndTheWheelKeepsThePlace) {
    const Pixel at{700, 300};
    const Point before = app.view().camera.to_plane(at);
    input.mouse = at;
    input.wheel = 2;
    frame();
    EXPECT_NEAR(app.view().camera.to_plane(at).x_m, before.x_m, 1e-6);
    EXPECT_LT(app.view().camera.metres_per_pixel, 1.5);
    input.left_button = true;
    frame();
    input.mouse = {760, 340};
    frame();
    input.left_button = false;
    frame();
    EXPECT_NEAR(app.view().camera.to_plane({760, 340}).x_m, before.x_m, 1e-6);
    EXPECT_EQ(app.selected(), none<RoadId>) << "a drag is no click";
}

TEST_F(AppTest, LayersSwitch) {
    click("layer.buildings");
    EXPECT_FALSE(app.view().buildings);
    click("layer.buildings");
    EXPECT_TRUE(app.view().buildings);
}

TEST_F(AppTest, DarkPaperByButtonAndByKey) {
    app.show_time(std::chrono::hours{9});
    click("dark");
    EXPECT_EQ(app.view().paper, &dark_paper);
    EXPECT_EQ(app.view().colours[0], relative_speed_scale().of(0.2f, dark_paper));
    input.toggle_dark = true;
    frame();
    EXPECT_EQ(app.view().paper, &light_paper);
    EXPECT_EQ(app.view().colours[0], jam);
}

TEST_F(AppTest, UnknownFieldNamesTheKnownOnes) {
    try {
        app.show_field("sped");
        FAIL();
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("speed, vehicles"), std::string::npos) << error.what();
    }
}

TEST_F(AppTest, TajikLettersAreInTheFont) {
    for (const char16_t letter : std::u16string_view(u"\u0493\u04e3\u049b\u04ef\u04b3\u04b7"))
        EXPECT_NE(ImGui::GetIO().Fonts->Fonts[0]->FindGlyphNoFallback(letter), nullptr) << std::hex << int{letter};
}

}  // namespace
}  // namespace shahr
