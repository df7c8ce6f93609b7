//! Pictures of one stroke weight on a grid of 24. They decorate: what they mean is always said in words beside them.

use leptos::prelude::*;

/// The pictures there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    /// A house.
    Home,
    /// A building.
    Tenant,
    /// Layers.
    Workspace,
    /// A window with an edge of code.
    Client,
    /// A key.
    Key,
    /// A shield with a tick.
    Shield,
    /// Two people.
    Users,
    /// One person.
    User,
    /// A pulse.
    Activity,
    /// A list on a sheet.
    Audit,
    /// Sliders.
    Settings,
    /// A magnifying glass.
    Search,
    /// A plus.
    Plus,
    /// Two sheets.
    Copy,
    /// A tick.
    Check,
    /// A triangle with an exclamation mark.
    Warning,
    /// A circle with an i.
    Info,
    /// A bin.
    Trash,
    /// Pointing right.
    ChevronRight,
    /// Pointing down.
    ChevronDown,
    /// Pointing up.
    ChevronUp,
    /// Pointing up and down: something to choose from.
    ChevronsUpDown,
    /// An arrow to the left.
    ArrowLeft,
    /// The light theme.
    Sun,
    /// The dark theme.
    Moon,
    /// The theme of the system.
    Monitor,
    /// Three lines.
    Menu,
    /// A cross.
    Close,
    /// An arrow into a tray.
    Download,
    /// An arrow out of a tray.
    Upload,
    /// A clock.
    Clock,
    /// A sheet with a seal.
    Certificate,
    /// Angle brackets.
    Code,
    /// An arrow out of a door.
    SignOut,
    /// A padlock.
    Lock,
    /// A mobile phone.
    Phone,
    /// Two boxes of a rack.
    Server,
    /// A browser's window.
    Browser,
    /// A robot.
    Robot,
    /// An eye.
    Eye,
    /// An eye crossed out.
    EyeOff,
    /// A label on a string.
    Tag,
    /// A triangle: start.
    Play,
    /// A television.
    Tv,
}

impl Icon {
    /// What the stroke follows.
    fn path(self) -> &'static str {
        match self {
            Self::Home => "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
            Self::Tenant => "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
            Self::Workspace => "M12 3l9 5-9 5-9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5",
            Self::Client => "M4 4h16v16H4zM4 9h16M9.5 12.5L7.5 14.5l2 2M14.5 12.5l2 2-2 2",
            Self::Key => "M3.5 15.5a5 5 0 1 0 10 0a5 5 0 1 0-10 0M12 12L20.5 3.5M17 7l3 3M14.5 9.5l2 2",
            Self::Shield => "M12 3l8 3v5.5c0 4.5-3.2 8-8 9.5-4.8-1.5-8-5-8-9.5V6zM8.5 12l2.5 2.5 4.5-5",
            Self::Users => {
                "M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M2.5 20c0-3.6 2.8-6 6.5-6s6.5 2.4 6.5 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2.2.8 3.5 2.8 3.5 5.5"
            }
            Self::User => "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 21c0-4 3.2-6.5 7.5-6.5s7.5 2.5 7.5 6.5",
            Self::Activity => "M2.5 12H7l3-8 4 16 3-8h4.5",
            Self::Audit => "M6 3h12v18H6zM9 8h6M9 12h6M9 16h4",
            Self::Settings => {
                "M4 7h8M18 7h2M12 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0M4 17h2M12 17h8M6 17a3 3 0 1 0 6 0a3 3 0 1 0-6 0"
            }
            Self::Search => "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.3 15.3L21 21",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Copy => "M9 9h11v11H9zM5.5 15H4V4h11v1.5",
            Self::Check => "M4.5 12.5l5 5 10-11",
            Self::Warning => "M12 4l9.5 16.5h-19zM12 10v4.5M12 17.5v.01",
            Self::Info => "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 11v5.5M12 7.75v.01",
            Self::Trash => "M4 6.5h16M9 6.5V4h6v2.5M6 6.5L7 20.5h10l1-14M10 10.5v6M14 10.5v6",
            Self::ChevronRight => "M9 5l7 7-7 7",
            Self::ChevronDown => "M5 9l7 7 7-7",
            Self::ChevronUp => "M5 15l7-7 7 7",
            Self::ChevronsUpDown => "M7.5 9L12 4.5 16.5 9M7.5 15l4.5 4.5 4.5-4.5",
            Self::ArrowLeft => "M20 12H4M10.5 5.5L4 12l6.5 6.5",
            Self::Sun => {
                "M8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 2.5V4M12 20v1.5M2.5 12H4M20 12h1.5M5.3 5.3l1 1M17.7 17.7l1 1M5.3 18.7l1-1M17.7 6.3l1-1"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
            Self::Monitor => "M3 4.5h18v12H3zM8.5 20.5h7M12 16.5v4",
            Self::Menu => "M4 6.5h16M4 12h16M4 17.5h16",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Download => "M12 4v11.5M6.5 10.5L12 16l5.5-5.5M4 20.5h16",
            Self::Upload => "M12 16V4.5M6.5 10L12 4.5l5.5 5.5M4 20.5h16",
            Self::Clock => "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l3.5 2",
            Self::Certificate => {
                "M4 4h16v11H4zM7.5 8h9M7.5 11h4M13.5 16a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M14.5 18v4l1.5-1 1.5 1v-4"
            }
            Self::Code => "M8 6.5L2.5 12 8 17.5M16 6.5l5.5 5.5-5.5 5.5M13.5 4.5l-3 15",
            Self::SignOut => "M10 4H4v16h6M9 12h12M16.5 7.5L21 12l-4.5 4.5",
            Self::Lock => "M5 10.5h14v10H5zM8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2",
            Self::Phone => "M7 2.5h10v19H7zM11 18.5h2",
            Self::Server => "M3.5 4h17v7h-17zM3.5 13h17v7h-17zM7 7.5v.01M7 16.5v.01M11 7.5h6M11 16.5h6",
            Self::Browser => "M3 4.5h18v15H3zM3 9h18M6 6.75v.01M9 6.75v.01",
            Self::Robot => {
                "M5 8.5h14v11H5zM12 8.5v-4M10.5 4.5h3M9.25 13v.01M14.75 13v.01M9.5 16.5h5M2.5 12.5v3M21.5 12.5v3"
            }
            Self::Eye => {
                "M2 12c2.3-4.3 5.8-6.5 10-6.5S19.7 7.7 22 12c-2.3 4.3-5.8 6.5-10 6.5S4.3 16.3 2 12M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0"
            }
            Self::EyeOff => {
                "M4.5 8.5C3.6 9.5 2.7 10.6 2 12c2.3 4.3 5.8 6.5 10 6.5 1.5 0 2.9-.3 4.2-.8M9 5.9c.9-.3 2-.4 3-.4 4.2 0 7.7 2.2 10 6.5-.6 1.2-1.4 2.2-2.2 3.1M3.5 3.5l17 17"
            }
            Self::Tag => "M3.5 3.5h8.5l8.5 8.5-8.5 8.5L3.5 12zM8 8v.01",
            Self::Play => "M7 4.5l12 7.5-12 7.5z",
            Self::Tv => "M3 6.5h18v12H3zM8 21.5h8M8.5 2.5l3.5 4 3.5-4",
        }
    }
}

/// The picture, as high as `size` pixels (16 unless said).
#[component]
pub(crate) fn IconView(icon: Icon, #[prop(default = 16)] size: u32) -> impl IntoView {
    view! {
        <svg class="icon" width=size height=size viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path()/>
        </svg>
    }
}
